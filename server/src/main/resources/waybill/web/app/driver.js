// The page of a driver: one thing at a time.
import { useEffect, useMemo } from 'preact/hooks';
import { useComputed } from '@preact/signals';
import { Offer } from './driver-offer.js';
import { Stop } from './driver-stop.js';
import { Connection, OfflineBanner, WrongRole, secondsUntil, shortNumber, start } from './frame.js';
import { signOut, userId } from './session.js';
import { Shift, stopOf } from './shift.js';
import { Icon, html } from './ui.js';
import { keepAwake } from './wake-lock.js';

function Driver() {
  const shift = useMemo(() => new Shift(), []);
  useEffect(() => () => shift.close(), [shift]);
  const { orders } = shift;
  const open = useComputed(() => (shift.isOnDuty.value ? shift.offers.value.filter((offer) => isOpen(offer, shift.offerOffsetMs.value)) : []));
  const isDriving = shift.trips.value.length > 0;
  useEffect(() => keepAwake(isDriving), [isDriving]);
  const role = orders.me.value?.role;
  if (role && role !== 'driver') {
    return html`<${WrongRole} orders=${orders} wanted="This page is for drivers" />`;
  }
  const [offer] = open.value;
  return html`<div class="driver">
    <header class="bar">
      <button class="button switch" role="switch" aria-checked=${shift.isOnDuty.value} onClick=${() => shift.setDuty(!shift.isOnDuty.value)}>
        <span class="knob"></span>${shift.isOnDuty.value ? 'On duty' : 'Off duty'}
      </button>
      <p class="who"><strong>${nameOf(orders)}</strong><${Connection} orders=${orders} /></p>
      <button class="button bare" onClick=${() => signOut()}><${Icon} name="log-out" /><span class="visually-hidden">Sign out</span></button>
    </header>
    <div>
      <${OfflineBanner} orders=${orders} />
      ${shift.location.error.value && html`<p class="notice bad" role="status">${shift.location.error.value}</p>`}
      ${shift.error.value && html`<p class="notice bad" role="alert">${shift.error.value}</p>`}
    </div>
    <main>${offer ? html`<${Offer} key=${offer.orderId} offer=${offer} shift=${shift} />` : html`<${Trips} shift=${shift} />`}</main>
  </div>`;
}

/** An offer is over when its time is, by the hub's clock, also before the hub has said so. */
function isOpen({ expiresAt }, offsetMs) {
  return !expiresAt || secondsUntil(expiresAt, offsetMs) > 0;
}

/** The driver's name as its orders have it; its id, if it has none. */
function nameOf({ all, me }) {
  const id = me.value?.id ?? userId();
  return all.value.find(({ driverId, driverName }) => driverId === id && driverName)?.driverName ?? id;
}

function Trips({ shift }) {
  const [current, ...others] = shift.trips.value;
  if (!current) {
    return html`<section class="idle">
      <${Icon} name="bike" />
      <h1>${shift.isOnDuty.value ? 'Waiting for an order' : 'You are off duty'}</h1>
      <p class="quiet">${shift.isOnDuty.value
        ? 'Offers appear here. Keep this page open.'
        : 'Go on duty to be offered orders. Your place is reported only while you are on duty.'}</p>
      ${!shift.isOnDuty.value && html`<button class="button primary big" onClick=${() => shift.setDuty(true)}>Go on duty</button>`}
    </section>`;
  }
  const isThere = shift.progressOf(current.orderId)[stopOf(current)];
  return html`<${Stop} key=${current.orderId} order=${current} shift=${shift} />
    ${others.length > 0 && !isThere && html`<section class="others">
      <h2 id="others">After that</h2>
      <ul aria-labelledby="others">${others.map((order) => html`<li key=${order.orderId}>
        <button class="button" onClick=${() => (shift.chosen.value = order.orderId)}>
          <strong class="figure">${shortNumber(order)}</strong>
          <span>${stopOf(order) === 'pickup' ? order.storeId : order.deliveryAddress.text}</span>
          <span class="quiet">${stopOf(order) === 'pickup' ? 'Fetch' : 'Deliver'}</span>
        </button>
      </li>`)}</ul>
    </section>`}`;
}

navigator.serviceWorker?.register('/driver/worker.js', { scope: '/driver' });

await start(['driver'], Driver);
