// The cards of a store's orders, one kind for each column.
import { useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { secondsUntil, shortNumber } from './frame.js';
import { Icon, duration, html, now } from './ui.js';

/** Minutes of preparation to choose among. */
const TIMES = [10, 15, 20, 30, 45];

const REASONS = ['Too busy', 'Sold out', 'Closing soon', 'Outside our area'];

function Card({ order, kind = '', children }) {
  return html`<article class="card ${kind}" data-order=${order.orderId} aria-label=${`Order ${order.orderNumber}`}>
    <header>
      <h3 class="number">${shortNumber(order)}</h3>
      <span class="for">${order.customerName}</span>
    </header>
    <ul class="items">
      ${order.items.map((item, i) => html`<li key=${i}>
        <strong>${item.quantity}×</strong>
        <span>${item.name}${item.options?.map(({ name, value }) => html`<br /><span class="quiet">${name}${value ? `: ${value}` : ''}</span>`)}
          ${item.notes && html`<br /><span class="quiet">${item.notes}</span>`}</span>
      </li>`)}
    </ul>
    ${children}
  </article>`;
}

export function NewCard({ order, shop }) {
  const isSent = useSignal(false);
  const dialog = useRef(null);
  const move = async (status, more) => {
    isSent.value = true;
    await shop.run(shop.orders.move(order.orderId, status, more));
    isSent.value = false;
  };
  const accept = (minutes) => move('accepted', { readyAt: new Date(Date.now() + minutes * 60_000).toISOString() });
  return html`<${Card} order=${order} kind="new">
    ${order.acceptBy && html`<${AcceptTimer} order=${order} offsetMs=${shop.orders.clockOffsetMs.value} />`}
    <div class="times">
      <h3>Accept, ready in minutes</h3>
      <div class="chips">
        ${TIMES.map((minutes) => html`<button key=${minutes} class="button ${minutes === 15 ? 'primary' : ''}" disabled=${isSent.value}
          onClick=${() => accept(minutes)}>${minutes}<span class="visually-hidden"> minutes: accept order ${shortNumber(order)}</span></button>`)}
      </div>
    </div>
    <button class="button danger" disabled=${isSent.value} onClick=${() => dialog.current.showModal()}>Reject</button>
    <${RejectDialog} dialog=${dialog} order=${order} onReason=${(reason) => move('declined', { reason })} />
  <//>`;
}

/** The time that the hub gives the store; at its end the order expires. */
function AcceptTimer({ order, offsetMs }) {
  const left = secondsUntil(order.acceptBy, offsetMs);
  const total = (Date.parse(order.acceptBy) - Date.parse(order.createdAt)) / 1_000;
  return html`<div class="timer ${left <= 10 ? 'red' : left <= 25 ? 'amber' : ''}">
    <div class="track" aria-hidden="true"><div class="fill" style=${{ transform: `scaleX(${Math.min(1, left / total)})` }}></div></div>
    <span role="timer">${left > 90 ? `${Math.ceil(left / 60)} min` : `${left} s`} to accept</span>
  </div>`;
}

function RejectDialog({ dialog, order, onReason }) {
  const give = (reason) => {
    dialog.current.close();
    onReason(reason);
  };
  return html`<dialog ref=${dialog} aria-label=${`Reject order ${shortNumber(order)}`}>
    <h2>Why is ${shortNumber(order)} rejected?</h2>
    ${REASONS.map((reason) => html`<button key=${reason} class="button" onClick=${() => give(reason)}>${reason}</button>`)}
    <button class="button bare" onClick=${() => dialog.current.close()}>Keep the order</button>
  </dialog>`;
}

export function MakingCard({ order, shop }) {
  const isSent = useSignal(false);
  const ready = async () => {
    isSent.value = true;
    await shop.run(shop.orders.move(order.orderId, 'ready_for_pickup'));
    isSent.value = false;
  };
  return html`<${Card} order=${order}>
    ${order.expectedReadyAt && html`<${Due} at=${order.expectedReadyAt} />`}
    <${Arrival} order=${order} shop=${shop} />
    <button class="button primary wide" disabled=${isSent.value} onClick=${ready}>Ready</button>
  <//>`;
}

function Due({ at }) {
  const ms = Date.parse(at) - now.value;
  return ms >= 0
    ? html`<p class="due">Ready in ${duration(ms)}</p>`
    : html`<p class="due red">${duration(-ms)} late</p>`;
}

export function ReadyCard({ order, shop }) {
  return html`<${Card} order=${order}>
    <${Arrival} order=${order} shop=${shop} />
    <p class="ready-for">Ready for ${duration(Math.max(0, now.value - Date.parse(order.changedAt)))}</p>
  <//>`;
}

/** Where the driver is, as far as the store has to know. */
function Arrival({ order, shop }) {
  const arrival = shop.arrivals.value[order.orderId];
  const driver = order.driverName || order.driverId;
  if (!driver) {
    return html`<p class="arrival quiet"><${Icon} name="bike" />No driver yet</p>`;
  }
  if (arrival?.arrivedAt) {
    return html`<p class="arrival near"><${Icon} name="bike" />${driver} is here</p>`;
  }
  if (arrival) {
    const minutes = Math.ceil(arrival.etaMinutes - (now.value - arrival.at) / 60_000);
    return html`<p class="arrival near"><${Icon} name="bike" />${driver}, ${minutes > 0 ? `${minutes} min away` : 'any moment'}</p>`;
  }
  return html`<p class="arrival"><${Icon} name="bike" />${driver}</p>`;
}
