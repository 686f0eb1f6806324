// The drivers of the list, and the panel of one.
import { useSignal } from '@preact/signals';
import { Icon, duration, html } from './ui.js';
import { statusText } from './orders.js';

const ROWS_MAX = 50;

function rank(driver) {
  return driver.isOnDuty && !driver.hasOrder ? 0 : driver.hasOrder ? 1 : 2;
}

function words(driver) {
  const work = driver.hasOrder ? 'with an order' : driver.isOnDuty ? 'free' : 'off duty';
  return driver.signal === 'live' ? work : `${work}, ${driver.signal} ${duration(driver.ageS * 1_000)}`;
}

export function Drivers({ fleet, selected, onSelect, onMenu }) {
  const isOpen = useSignal(true);
  const { shown, total } = fleet.news.value;
  const drivers = [...fleet.drivers.values()].sort((a, b) => rank(a) - rank(b) || a.id.localeCompare(b.id));
  return html`<section class="section drivers" aria-label="Drivers">
    <h2><button class="section-title" aria-expanded=${isOpen.value} onClick=${() => (isOpen.value = !isOpen.value)}>
      <${Icon} name="users" /><span>Drivers in sight</span><span class="count figure">${total}</span><${Icon} name="chevron-right" />
    </button></h2>
    ${isOpen.value && (shown === 0
      ? html`<p class="empty quiet">No driver has reported within the last hour here.</p>`
      : html`<ul>${drivers.slice(0, ROWS_MAX).map((driver) => html`<li key=${driver.id}>
          <button class="row driver" data-driver=${driver.id} aria-pressed=${driver.id === selected} onClick=${() => onSelect(driver.id)}
            onContextMenu=${(event) => onMenu(event, driver.id)}>
            <span class="where"><strong>${driver.id}</strong><span class="quiet">${words(driver)}</span></span>
          </button>
        </li>`)}</ul>`)}
    ${isOpen.value && total > Math.min(shown, ROWS_MAX) && html`<p class="empty quiet">${total - Math.min(shown, ROWS_MAX)} more: look closer at the map.</p>`}
  </section>`;
}

/** @param map a reference to the map, which may be absent */
export function DriverPanel({ fleet, orders, map, driverId, onSelect, onClose }) {
  const { atMs } = fleet.news.value;
  const driver = atMs > 0 ? fleet.drivers.get(driverId) : undefined;
  const { needs, moving } = orders.sections.value;
  const own = [...needs, ...moving].map((row) => row.value).filter((order) => order.driverId === driverId);
  return html`<article class="panel" aria-label=${`Driver ${driverId}`}>
    <header>
      <button class="button bare back" onClick=${onClose}><${Icon} name="arrow-left" /><span class="visually-hidden">Back to the list</span></button>
      <button class="button bare close" aria-keyshortcuts="Escape" onClick=${onClose}><${Icon} name="x" /><span class="visually-hidden">Close</span></button>
      <h1>${driverId}</h1>
      <p class="quiet">${driver ? words(driver) : 'Not in sight: has not reported within the last hour, or is elsewhere.'}</p>
    </header>
    ${driver && html`<dl class="facts">
      <div><dt><${Icon} name="signal" />Position</dt><dd>${driver.ageS < 5 ? 'now' : `${duration(driver.ageS * 1_000)} ago`}</dd></div>
    </dl>`}
    <h2>Orders</h2>
    ${own.length === 0 ? html`<p class="quiet">None.</p>` : html`<ul class="own">${own.map((order) => html`<li key=${order.orderId}>
      <button class="button" onClick=${() => onSelect(order.orderId)}><span>${order.customerName || order.orderNumber}</span><span class="quiet">${statusText(order.status)}</span></button>
    </li>`)}</ul>`}
    ${driver && map.current && html`<div class="actions"><button class="button" aria-keyshortcuts="Space" onClick=${() => map.current.follow(true)}>
      <${Icon} name="locate-fixed" />Follow on the map</button></div>`}
  </article>`;
}
