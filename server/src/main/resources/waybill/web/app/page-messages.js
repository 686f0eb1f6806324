// Notifications to one user, and coupons to all customers.
import { say } from './assign.js';
import { html } from './ui.js';

/** Sends the fields of a form, and empties it when the hub has taken them. */
async function send(event, orders, path, done, convert = (fields) => fields) {
  event.preventDefault();
  const form = event.target;
  const fields = Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ''));
  try {
    await orders.request('POST', path, convert(fields));
    form.reset();
    say(done(fields));
  } catch (failure) {
    say(failure.message, { isBad: true });
  }
}

export default function Messages({ orders }) {
  const notify = (event) => send(event, orders, '/notifications', ({ userId }) => `${userId} is notified now, or on reconnecting`);
  const offer = (event) => send(event, orders, '/offers', ({ code }) => `All customers are sent ${code}`,
    (fields) => ({ ...fields, discountValue: Number(fields.discountValue) }));
  return html`<div class="columns"><section aria-label="Notification">
    <h2>Notify one user</h2>
    <form class="form" onSubmit=${notify}>
      <label class="field">User<input name="userId" required maxlength="200" /></label>
      <label class="field">Role<select name="role"><option value="">the first that is known</option>
        ${['customer', 'merchant', 'driver', 'admin', 'support'].map((role) => html`<option key=${role}>${role}</option>`)}</select></label>
      <label class="field">Title<input name="title" required maxlength="200" /></label>
      <label class="field">Message<textarea name="message" required maxlength="2000"></textarea></label>
      <button class="button primary">Notify</button>
    </form></section>
    ${orders.me.value?.role === 'admin' && html`<section aria-label="Coupon"><h2>Send a coupon to all customers</h2>
      <form class="form" onSubmit=${offer}>
        <label class="field">Code<input name="code" required maxlength="50" /></label>
        <label class="field">Description<input name="description" required maxlength="500" /></label>
        <label class="field">Discount<input name="discountValue" type="number" min="0" max="1000000000" step="any" required /></label>
        <button class="button primary">Send</button>
      </form></section>`}</div>`;
}
