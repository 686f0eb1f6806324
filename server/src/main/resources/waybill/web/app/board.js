// The list of orders, by urgency.
import { useSignal } from '@preact/signals';
import { Icon, Time, html } from './ui.js';
import { reason, statusText } from './orders.js';

/** Rows of a section that are drawn at once. */
const ROWS_MAX = 100;

const SECTIONS = [
  ['needs', 'circle-alert', 'Needs you', 'Nothing is late, and nothing waits to be accepted.'],
  ['unassigned', 'user', 'Without a driver', 'Every accepted order has a driver.'],
  ['moving', 'truck', 'Under way', 'No order is under way.'],
  ['done', 'check', 'Done', 'No order has ended yet.'],
];

/** @param actions `select(orderId)`, `pick(orderId, isRange)`, `drag(event, order)` and `menu(event, orderId)` */
export function Board({ orders, search, selected, picked, actions, children }) {
  return html`<div class="board">
    ${SECTIONS.map(([name, icon, title, empty]) => html`
      <${Section} key=${name} name=${name} icon=${icon} title=${title} empty=${empty} rows=${found(orders.sections.value[name], search)}
        selected=${selected} picked=${picked} actions=${actions} />`)}
    ${children}
  </div>`;
}

function found(rows, search) {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter(({ value }) => words.every((word) => textOf(value).includes(word)));
}

function textOf({ orderNumber, externalId, customerName, storeId, deliveryAddress, driverId }) {
  return [orderNumber, externalId, customerName, storeId, deliveryAddress.text, driverId].join(' ').toLowerCase();
}

function Section({ name, icon, title, empty, rows, selected, picked, actions }) {
  const isOpen = useSignal(name !== 'done');
  const limit = useSignal(ROWS_MAX);
  return html`<section class="section ${name}" aria-label=${title}>
    <h2>
      <button class="section-title" aria-expanded=${isOpen.value} onClick=${() => (isOpen.value = !isOpen.value)}>
        <${Icon} name=${icon} /><span>${title}</span><span class="count figure">${rows.length}</span><${Icon} name="chevron-right" />
      </button>
    </h2>
    ${isOpen.value && (rows.length === 0
      ? html`<p class="empty quiet">${empty}</p>`
      : html`<ul>${rows.slice(0, limit.value).map((row) => html`
          <${Row} key=${row.value.orderId} row=${row} isSelected=${row.value.orderId === selected} isPicked=${picked.has(row.value.orderId)}
            actions=${actions} />`)}
        </ul>`)}
    ${isOpen.value && rows.length > limit.value && html`
      <button class="button bare" onClick=${() => (limit.value += ROWS_MAX)}>${rows.length - limit.value} more</button>`}
  </section>`;
}

function Row({ row, isSelected, isPicked, actions }) {
  const order = row.value;
  const why = reason(order);
  return html`<li>
    <a class="row ${why?.level ?? ''} ${isPicked ? 'picked' : ''}" draggable=${false} href=${`?order=${order.orderId}`} aria-current=${isSelected ? 'true' : undefined}
       data-order=${order.orderId}
       onPointerDown=${(event) => actions.drag(event, order)}
       onContextMenu=${(event) => actions.menu(event, order.orderId)}
       onClick=${(event) => {
         event.preventDefault();
         if (event.ctrlKey || event.metaKey || event.shiftKey) {
           actions.pick(order.orderId, event.shiftKey);
         } else {
           actions.select(order.orderId);
         }
       }}>
      <span class="where">
        <strong>${isPicked && html`<${Icon} name="check" />`}${order.customerName || order.deliveryAddress.text || order.orderNumber}</strong>
        <span class="quiet">${order.storeId}</span>
      </span>
      <span class="what">
        <span class=${why ? 'why' : 'quiet'}>${why && html`<${Icon} name="circle-alert" />`}${why?.text ?? statusText(order.status)}</span>
        <span class="quiet">${order.driverId ? html`<${Icon} name="bike" />${order.driverId}` : html`<${Time} at=${order.createdAt} />`}</span>
      </span>
    </a>
  </li>`;
}
