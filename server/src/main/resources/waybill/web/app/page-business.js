// The business record of a store: what it is called, and whether it accepts orders.
import { useSignal } from '@preact/signals';
import { say } from './assign.js';
import { Failure, useAnswer } from './page-data.js';
import { html } from './ui.js';

export default function Business({ orders }) {
  const storeId = useSignal('');
  const version = useSignal(0);
  const isAdmin = orders.me.value?.role === 'admin';
  const { answer, failure } = useAnswer(orders, storeId.value ? `/business?store=${encodeURIComponent(storeId.value)}` : '/business', version.value);
  const stores = [...new Set(orders.all.value.map((order) => order.storeId))].sort();
  const find = (event) => {
    event.preventDefault();
    storeId.value = new FormData(event.target).get('store').trim();
  };
  const setOpen = async (isOpen) => {
    try {
      await orders.request('PATCH', '/business/status', { isOpen, ...(isAdmin && { storeId: answer.storeId }) });
      say(`${answer.storeId} is ${isOpen ? 'open' : 'closed'}`);
    } catch (error) {
      say(error.message, { isBad: true });
    }
    version.value++;
  };
  return html`
    ${isAdmin && html`<form class="form" onSubmit=${find}>
      <label class="field">Store<input name="store" list="stores" maxlength="200" placeholder="the default store of the hub" /></label>
      <datalist id="stores">${stores.map((id) => html`<option key=${id} value=${id} />`)}</datalist>
      <button class="button">Show</button>
    </form>`}
    <${Failure} text=${failure} />
    ${answer && html`<h2>${answer.businessName || answer.storeId}</h2>
      <dl class="facts">
        <div><dt>Store</dt><dd>${answer.storeId}</dd></div>
        ${answer.keeper && html`<div><dt>Owner</dt><dd>${answer.keeper}</dd></div>`}
        ${answer.address?.text && html`<div><dt>Address</dt><dd>${answer.address.text}</dd></div>`}
        <div><dt>Status</dt><dd>${answer.isOpen === false ? 'closed: it accepts no orders' : 'open'}</dd></div>
      </dl>
      <div class="actions">${answer.isOpen === false
        ? html`<button class="button primary" onClick=${() => setOpen(true)}>Open the store</button>`
        : html`<button class="button danger" onClick=${() => setOpen(false)}>Close the store</button>`}</div>`}`;
}
