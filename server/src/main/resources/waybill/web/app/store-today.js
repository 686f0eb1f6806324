// The deliveries of a store today, live.
import { shortNumber } from './frame.js';
import { clockTime, html } from './ui.js';

const WORDS = {
  picked_up: 'With the driver', in_transit: 'On the way', delivered: 'Delivered', failed: 'Not delivered', returned: 'Back here',
  cancelled: 'Cancelled', declined: 'Rejected', expired: 'Not accepted in time',
};

const BAD = new Set(['failed', 'returned', 'expired']);

export function TodayList({ orders }) {
  const today = new Date().toDateString();
  const shown = orders.filter(({ createdAt }) => new Date(createdAt).toDateString() === today)
    .sort((a, b) => Date.parse(b.changedAt) - Date.parse(a.changedAt));
  if (shown.length === 0) {
    return null;
  }
  return html`<section class="today">
    <h2 id="today">Today<span class="figure">${shown.length}</span></h2>
    <ul aria-labelledby="today">
      ${shown.map((order) => html`<li key=${order.orderId} data-order=${order.orderId}>
        <strong class="figure">${shortNumber(order)}</strong>
        <span class="who">${order.customerName}${order.driverId ? `, by ${order.driverName ?? order.driverId}` : ''}</span>
        <span class=${BAD.has(order.status) ? 'bad' : ''}>${WORDS[order.status] ?? order.status}</span>
        <time class="quiet" datetime=${order.changedAt}>${clockTime(order.changedAt)}</time>
      </li>`)}
    </ul>
  </section>`;
}
