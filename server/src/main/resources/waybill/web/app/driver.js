// The page of a driver: one thing at a time.
import { useEffect, useMemo } from 'preact/hooks';
import { Offer } from './driver-offer.js';
import { Stop } from './driver-stop.js';
import { Connection, OfflineBanner, WrongRole, shortNumber, start } from './frame.js';
import { signOut } from './session.js';
import { Shift, stopOf } from './shift.js';
import { Icon, html } from './ui.js';

function Driver() {
  const shift = useMemo(() => new Shift(), []);
  useEffect(() => () => shift.close(), [shift]);
  const { orders } = shift;
  const role = orders.me.value?.role;
  if (role && role !== 'driver') {
    return html`<${WrongRole} orders=${orders} wanted="This page is for drivers" />`;
  }
  const [offer] = shift.offers.value;
  return html`<div class="driver">
    <header class="bar">
      <button class="button switch" role="switch" aria-checked=${shift.isOnDuty.value} onClick=${() => shift.setDuty(!shift.isOnDuty.value)}>
        <span class="knob"></span>${shift.isOnDuty.value ? 'On duty' : 'Off duty'}
      </button>
      <${Connection} orders=${orders} />
      <button class="button bare" onClick=${() => signOut()}><${Icon} name="log-out" /><span class="visually-hidden">Sign out</span></button>
    </header>
    <div>
      <${OfflineBanner} orders=${orders} />
      ${shift.location.error.value && html`<p class="notice bad" role="status">${shift.location.error.value}</p>`}
      ${shift.error.value && html`<p class="notice bad" role="alert">${shift.error.value}</p>`}
    </div>
    <main>${offer && shift.isOnDuty.value ? html`<${Offer} key=${offer.orderId} offer=${offer} shift=${shift} />` : html`<${Trips} shift=${shift} />`}</main>
  </div>`;
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
    </section>`;
  }
  return html`<${Stop} key=${current.orderId} order=${current} shift=${shift} />
    ${others.length > 0 && html`<section class="others">
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
