// The stop that the driver goes to: where it is, what to do there, and the one button for it.
import { useRef } from 'preact/hooks';
import { WayMap } from './driver-map.js';
import { shortNumber } from './frame.js';
import { Proofs, missingProofs } from './driver-proof.js';
import { stopOf } from './shift.js';
import { Slide } from './slide.js';
import { Icon, html } from './ui.js';
import { distance, distanceText } from './words.js';

const FAILURES = ['The customer is not there', 'The address is wrong', 'The customer refuses it', 'It is damaged'];
const HAND_BACKS = ['The vehicle has broken down', 'It takes too long', 'I cannot carry it'];

export function Stop({ order, shift }) {
  const stop = stopOf(order);
  const isPickup = stop === 'pickup';
  const address = isPickup ? order.pickupAddress : order.deliveryAddress;
  const isThere = Boolean(shift.progressOf(order.orderId)[stop]);
  const isAtStore = isPickup && isThere;
  const here = shift.location.newest.value;
  const far = here && !isThere && address?.latitude !== undefined ? distanceText(distance(here, address)) : '';
  return html`<section class="stop" aria-label=${isPickup ? 'Fetch' : 'Deliver'} data-order=${order.orderId}>
    <div class="place">
      <p class="quiet">${isPickup ? 'Fetch from' : 'Deliver to'}</p>
      <h1>${isPickup ? order.storeId : order.customerName || order.deliveryAddress.text}${!isAtStore && html`<span class="figure">${shortNumber(order)}</span>`}</h1>
      ${address?.text && html`<p class="address">${address.text}<strong class="figure">${far}</strong></p>`}
      ${address?.notes && html`<p class="notes">${address.notes}</p>`}
    </div>
    ${address && !isThere && html`<${WayMap} vehicle=${here} stops=${[{ ...address, kind: stop }]} />`}
    <div class="links">
      ${address?.text && !isThere && html`<a class="button" href=${navigation(address)} target="_blank" rel="noreferrer"><${Icon} name="navigation" />Navigate</a>`}
      ${!isPickup && order.customerPhone && html`<a class="button" href=${`tel:${order.customerPhone}`}><${Icon} name="phone" />Call</a>`}
    </div>
    ${isAtStore && html`<p class="say">Ask for<strong class="figure">${shortNumber(order)}</strong></p>
      <ul class="items">${order.items.map((item, i) => html`<li key=${i}><strong class="figure">${item.quantity}×</strong> ${item.name}</li>`)}</ul>`}
    <div class="act">
      <${Action} order=${order} stop=${stop} shift=${shift} />
      <${Problem} order=${order} isPickup=${isPickup} shift=${shift} />
    </div>
  </section>`;
}

function Action({ order, stop, shift }) {
  const { orderId, status } = order;
  const progress = shift.progressOf(orderId);
  if (!progress[stop]) {
    return html`<${Big} onClick=${() => shift.arrive(orderId, stop)}>${stop === 'pickup' ? 'I am at the store' : 'I am at the door'}<//>`;
  }
  if (stop === 'pickup') {
    const isReady = status === 'assigned_to_driver';
    return html`${!isReady && html`<p class="notice">The store is not ready with it yet.</p>`}
      <${Slide} label="Picked up" question="Do you have the order? This cannot be undone." isOff=${!isReady} onDone=${() => shift.pickUp(orderId)} />`;
  }
  const missing = missingProofs(order, progress);
  return html`<${Proofs} order=${order} shift=${shift} />
    <${Slide} label="Delivered" question="Is the order handed over? This cannot be undone." isOff=${missing.length > 0} onDone=${() => shift.deliver(orderId)} />`;
}

function Big({ onClick, children }) {
  return html`<button class="button primary big" onClick=${onClick}>${children}</button>`;
}

/** What the driver can do when it does not go as planned. */
function Problem({ order, isPickup, shift }) {
  const dialog = useRef(null);
  const reasons = isPickup ? HAND_BACKS : FAILURES;
  const give = (reason) => {
    dialog.current.close();
    if (isPickup) {
      shift.handBack(order.orderId, reason);
    } else {
      shift.fail(order.orderId, reason);
    }
  };
  return html`<button class="button bare" onClick=${() => dialog.current.showModal()}><${Icon} name="circle-alert" />A problem</button>
    <dialog ref=${dialog} aria-label="A problem">
      <h2>${isPickup ? 'Hand the order back' : 'It cannot be delivered'}</h2>
      ${reasons.map((reason) => html`<button key=${reason} class="button" onClick=${() => give(reason)}>${reason}</button>`)}
      <button class="button bare" onClick=${() => dialog.current.close()}>Back to the order</button>
    </dialog>`;
}

/** A link that the phone's own app for maps opens. */
function navigation({ text, latitude, longitude }) {
  const place = latitude === undefined ? text : `${latitude},${longitude}`;
  if (/Android/.test(navigator.userAgent)) {
    return `geo:${latitude === undefined ? '0,0' : place}?q=${encodeURIComponent(place)}`;
  }
  if (/iPhone|iPad|Macintosh/.test(navigator.userAgent)) {
    return `https://maps.apple.com/?daddr=${encodeURIComponent(place)}`;
  }
  return latitude === undefined
    ? `https://www.openstreetmap.org/search?query=${encodeURIComponent(text)}`
    : `https://www.openstreetmap.org/directions?to=${encodeURIComponent(place)}`;
}
