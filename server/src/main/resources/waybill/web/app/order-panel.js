// One order: where it stands, what it is, what can be done with it.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon, Time, clockTime, html, money, relative } from './ui.js';
import { costText } from './assign.js';
import { OrderDetails } from './order-details.js';
import { DONE, reason, statusText } from './orders.js';
import { Failure, useAnswer } from './page-data.js';
import { canAssign } from './verbs.js';

const STEPS = [
  ['Placed', ['pending', 'payment_confirmed']],
  ['Preparing', ['accepted', 'preparing']],
  ['Ready', ['ready_for_pickup', 'assigned_to_driver']],
  ['On the way', ['picked_up', 'in_transit']],
  ['Delivered', ['delivered']],
];

export function OrderPanel(props) {
  return props.orders.row(props.orderId)
    ? html`<${Panel} ...${props} />`
    : html`<article class="panel"><p class="notice">This order is not among the loaded ones.</p></article>`;
}

function Panel({ orders, assignments, orderId, picked, onClose }) {
  const order = orders.row(orderId).value;
  const view = useView(orders, orderId);
  const error = useSignal('');
  const { answer, failure } = useAnswer(orders, `/orders/${orderId}/events?limit=1000`, order); // also with every change of the order
  const history = answer?.events ?? [];
  const why = reason(order);
  const isDone = DONE.has(order.status);
  const run = (work) => {
    error.value = '';
    work.catch((failure) => (error.value = failure.message));
  };
  return html`<article class="panel" aria-label=${`Order ${order.orderNumber}`}>
    <header>
      <button class="button bare back" onClick=${onClose}><${Icon} name="arrow-left" /><span class="visually-hidden">Back to the list</span></button>
      <button class="button bare close" aria-keyshortcuts="Escape" onClick=${onClose}><${Icon} name="x" /><span class="visually-hidden">Close</span></button>
      <h1>${order.customerName || order.orderNumber}</h1>
      <p class="quiet">${order.orderNumber} from ${order.storeId}</p>
      <p class="quiet">Placed <${Time} at=${order.createdAt} /></p>
    </header>
    ${why && html`<p class="notice ${why.level}">${why.text}</p>`}
    <${Failure} text=${error.value || failure} />
    <${Steps} status=${order.status} />
    <${Actions} orders=${orders} assignments=${assignments} picked=${picked} order=${order} run=${run} />
    <dl class="facts">
      <div><dt><${Icon} name="map-pin" />To</dt><dd>${order.deliveryAddress.text}</dd></div>
      ${order.driverId && html`<div><dt><${Icon} name="bike" />Driver</dt><dd>${order.driverId}${!isDone && html`<${Freshness} view=${view} />`}</dd></div>`}
      ${view?.eta && !isDone && html`<${Arrival} eta=${view.eta} promisedAt=${order.promisedAt} />`}
      ${order.customerPhone && html`<div><dt><${Icon} name="phone" />Phone</dt><dd><a href=${`tel:${order.customerPhone}`}>${order.customerPhone}</a></dd></div>`}
    </dl>
    <${Items} order=${order} />
    <${OrderDetails} orders=${orders} order=${order} history=${history} />
    <h2>History</h2>
    ${orders.me.value?.role === 'admin' && html`<p><a class="button" href=${`?page=replay&order=${orderId}`}><${Icon} name="history" />Replay</a></p>`}
    <ol class="history">
      ${history.map((event) => html`<li key=${event.eventId}>
        <time datetime=${event.occurredAt}>${clockTime(event.occurredAt)}</time>
        <span>${happened(event)}${event.reason ? `: ${event.reason}` : ''}</span>
        <span class="quiet">${event.by?.replace(/^\w+:/, '') ?? ''}</span>
      </li>`)}
    </ol>
  </article>`;
}

/** An event of the order's history in words. */
function happened({ event, status, driverId }) {
  switch (event) {
    case 'assigned':
      return `Assigned to ${driverId}`;
    case 'pickup':
      return statusText(status);
    default:
      return statusText(event.replaceAll('-', '_'));
  }
}

/** The live view of the order, as long as the panel shows it. */
function useView(orders, orderId) {
  const value = useSignal(null);
  useEffect(() => orders.view(orderId).subscribe((next) => (value.value = next)), [orderId]);
  return value.value;
}

function Steps({ status }) {
  const at = STEPS.findIndex(([, statuses]) => statuses.includes(status));
  if (at < 0) {
    return html`<p class="ended">${statusText(status)}</p>`;
  }
  return html`<ol class="steps" aria-label="Progress">
    ${STEPS.map(([name], i) => html`<li key=${name} class=${i < at ? 'past' : i === at ? 'current' : ''}
      aria-current=${i === at ? 'step' : undefined}>${name}</li>`)}
  </ol>`;
}

function Freshness({ view }) {
  if (!view?.signal) {
    return null;
  }
  return html`<span class="signal ${view.signal}"><${Icon} name=${view.signal === 'live' ? 'signal' : 'wifi-off'} />${view.signal}</span>`;
}

/** The times between which four of five such orders arrive; how far they are from the estimate does not change as time passes. */
function Arrival({ eta: { estimatedDeliveryTime, etaMinutes, low, high, etaSource }, promisedAt }) {
  const at = (minutes) => clockTime(Date.parse(estimatedDeliveryTime) + (minutes - etaMinutes) * 60_000);
  return html`<div><dt><${Icon} name="clock" />Arrives</dt><dd>
    <strong class="figure">${low === high ? at(low) : `${at(low)} to ${at(high)}`}</strong>
    <span class="quiet">, ${relative(estimatedDeliveryTime)}${etaSource === 'store' ? ', set by the store' : ''}${promisedAt ? `; promised ${clockTime(promisedAt)}` : ''}</span>
  </dd></div>`;
}

function Items({ order }) {
  return html`<h2>Items</h2>
    <ul class="items">
      ${order.items.map((item, i) => html`<li key=${i}>
        <span class="quantity figure">${item.quantity}</span>
        <span>${item.name}${item.notes && html`<span class="quiet"> ${item.notes}</span>`}</span>
        <span class="figure">${item.unitPrice !== undefined && order.currency ? money(item.unitPrice * item.quantity, order.currency) : ''}</span>
      </li>`)}
    </ul>
    ${order.totalAmount !== undefined && order.currency && html`<p class="total"><span>Total${order.paid ? ', paid' : ''}</span><span>${money(order.totalAmount, order.currency)}</span></p>`}`;
}

function Actions({ orders, assignments, picked, order, run }) {
  const role = orders.me.value?.role;
  const isStore = role === 'merchant' || role === 'admin';
  const isDriver = role === 'driver';
  const move = (status, more) => run(orders.move(order.orderId, status, more));
  const buttons = [];
  const button = (text, onClick, kind = '') => buttons.push(html`<button key=${text} class="button ${kind}" onClick=${onClick}>${text}</button>`);
  if (isStore && (order.status === 'pending' || order.status === 'payment_confirmed')) {
    buttons.push(html`<${Accept} key="accept" move=${move} />`);
  }
  if (isStore && (order.status === 'accepted' || order.status === 'preparing')) {
    button('Ready for pickup', () => move('ready_for_pickup'), 'primary');
  }
  if (isDriver && order.status === 'assigned_to_driver') {
    button('Picked up', () => move('picked_up'), 'primary');
  }
  if (isDriver && order.status === 'picked_up') {
    button('Start driving', () => move('in_transit'), 'primary');
  }
  if (isDriver && order.status === 'in_transit') {
    button('Delivered', () => move('delivered'), 'primary');
  }
  return html`<div class="actions">
    ${buttons}
    ${canAssign(role, order) && html`<${Assign} assignments=${assignments} picked=${picked} order=${order} run=${run} />`}
  </div>`;
}

const READY_MINUTES = [10, 20, 30];

function Accept({ move }) {
  const accept = (minutes) => move('accepted', { readyAt: new Date(Date.now() + minutes * 60_000).toISOString() });
  return html`<div class="accept">
    <span class="quiet" aria-hidden="true">Accept, ready in</span>
    <div class="choices">${READY_MINUTES.map((minutes) => html`<button key=${minutes} class="button" onClick=${() => accept(minutes)}>
      <span class="visually-hidden">Accept, ready in </span>${minutes} min</button>`)}</div>
    <button class="button bare danger" onClick=${() => move('declined')}>Decline the order</button>
  </div>`;
}

/** The drivers that dispatch would choose among, the best first. */
function Assign({ assignments, picked, order, run }) {
  const candidates = useSignal(null);
  const load = () => run(assignments.preview(order.orderId).then((preview) => (candidates.value = preview)));
  const all = picked.has(order.orderId) ? [...picked] : [order.orderId];
  if (!candidates.value) {
    return html`<button class="button choose-driver" onClick=${load}><${Icon} name="user" />Choose a driver</button>`;
  }
  const list = candidates.value.candidates;
  return html`<div class="candidates">
    ${list.length === 0 && html`<p class="quiet">No driver on duty can take it now.</p>`}
    ${list.map((candidate) => html`<button key=${candidate.driverId} class="button" onClick=${() => {
      candidates.value = null;
      run(assignments.assign(all, candidate.driverId));
    }}>
      <span>${candidate.driverId}</span>
      <span class="quiet">${costText(candidate)}, delivered ${clockTime(candidate.deliveredAt)}, costs ${candidate.cost.toFixed(1)} min</span>
    </button>`)}
    <button class="button bare" onClick=${() => (candidates.value = null)}>Close</button>
  </div>`;
}
