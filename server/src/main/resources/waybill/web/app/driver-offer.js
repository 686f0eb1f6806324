// An offer, on the whole page, with the time that the hub gives.
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { WayMap } from './driver-map.js';
import { secondsUntil } from './frame.js';
import { Icon, html, money } from './ui.js';
import { distance, distanceText } from './words.js';

const RADIUS = 54;
const ROUND = 2 * Math.PI * RADIUS;

export function Offer({ offer, shift }) {
  const isSent = useSignal(false);
  useEffect(() => {
    if (navigator.userActivation?.hasBeenActive) {
      navigator.vibrate?.([200, 100, 200]);
    }
  }, [offer.orderId]);
  const answer = async (work) => {
    isSent.value = true;
    await work;
    isSent.value = false;
  };
  const here = shift.location.newest.value;
  const { pickupAddress, deliveryAddress } = offer;
  const stops = [{ ...pickupAddress, kind: 'pickup', name: offer.storeId }, { ...deliveryAddress, kind: 'dropoff', name: deliveryAddress.text }];
  return html`<section class="offer" aria-label="Offer">
    <div class="offer-head">
      <div>
        <p class="quiet">New offer</p>
        <h1>${offer.fare === undefined ? offer.storeId : money(offer.fare, offer.currency)}</h1>
        <${Whole} places=${[here, pickupAddress, deliveryAddress]} />
      </div>
      ${offer.expiresAt && html`<${Ring} left=${secondsUntil(offer.expiresAt, shift.offerOffsetMs.value)} total=${offer.timer} />`}
    </div>
    <${WayMap} vehicle=${here} stops=${stops} />
    <ol class="legs">
      <li><${Icon} name="store" /><span><strong>${offer.storeId}</strong><br />${pickupAddress?.text ?? ''}</span><${Away} from=${here} to=${pickupAddress} /></li>
      <li><${Icon} name="map-pin" /><span>${deliveryAddress.text}</span><${Away} from=${pickupAddress} to=${deliveryAddress} /></li>
    </ol>
    <div class="answers">
      <button class="button" disabled=${isSent.value} onClick=${() => answer(shift.decline(offer))}>Pass</button>
      <button class="button primary" disabled=${isSent.value} onClick=${() => answer(shift.accept(offer))}>Accept</button>
    </div>
  </section>`;
}

function Ring({ left, total }) {
  return html`<div class="ring ${left <= 10 ? 'red' : ''}" role="timer" aria-label=${`${left} seconds to answer`}>
    <svg viewBox="0 0 120 120" aria-hidden="true">
      <circle class="ring-track" cx="60" cy="60" r=${RADIUS} />
      <circle class="ring-left" cx="60" cy="60" r=${RADIUS} stroke-dasharray=${ROUND} stroke-dashoffset=${ROUND * (1 - Math.min(1, left / total))} />
    </svg>
    <span aria-hidden="true">${left}</span>
  </div>`;
}

function Whole({ places }) {
  if (places.some((one) => one?.latitude === undefined)) {
    return null;
  }
  const [here, store, door] = places;
  return html`<p>${distanceText(distance(here, store) + distance(store, door))} in all</p>`;
}

function Away({ from, to }) {
  if (from?.latitude === undefined || to?.latitude === undefined) {
    return null;
  }
  return html`<strong class="figure">${distanceText(distance(from, to))}</strong>`;
}
