// A driver's shift: its orders, the offers to it, what it has done and what waits for a connection.
import { computed, effect, signal } from '@preact/signals';
import { io } from 'socket.io-client';
import { Files } from './files.js';
import { Location } from './location.js';
import { Orders } from './orders.js';
import { currentToken, userId } from './session.js';
import { settings } from './settings.js';

const TO_STORE = new Set(['accepted', 'preparing', 'ready_for_pickup', 'assigned_to_driver']);
const IN_HAND = new Set(['picked_up', 'in_transit']);

/** Offers are read again after this time when the hub did not answer. */
const READ_AGAIN_MS = 3_000;

export class Shift {
  #key = `waybill.shift:${userId()}`;
  #saved = JSON.parse(localStorage.getItem(this.#key) ?? '{}');
  #socket;
  #end = [];
  #reads = 0;
  #shownRead = 0;

  /** The round of the offer that the driver answered, by order id: the hub's list may have it a moment longer. */
  #answered = new Map();

  orders = new Orders({ name: `driver:${userId()}`, storage: localStorage, files: new Files() });
  location = new Location((position) => this.orders.reportPosition(position));
  isOnDuty = signal(this.#saved.isOnDuty ?? false);
  offers = signal([]);
  offerOffsetMs = signal(0);
  error = signal('');

  /** What the driver has done at the stops of its orders, by order id: `{pickup?, dropoff?, proofs}`. */
  progress = signal(this.#saved.progress ?? {});

  /** The order that the driver chose to go to, if it did. */
  chosen = signal(null);

  /** The driver's orders, the current one first: what it has in hand before what it has to fetch. */
  trips = computed(() => {
    const mine = this.orders.all.value.filter(({ status, driverId }) => IN_HAND.has(status) || (driverId && TO_STORE.has(status)));
    return mine.sort((a, b) => rank(a, this.chosen.value) - rank(b, this.chosen.value) || Date.parse(a.createdAt) - Date.parse(b.createdAt));
  });

  constructor() {
    this.orders.recall(this.#saved.orders ?? []);
    this.orders.on('driver:rate_hint', ({ intervalMs }) => (this.location.intervalMs = intervalMs));
    this.orders.on('driver:arrived', ({ orderId, stop }) => this.#note(orderId, { [stop]: true }));
    this.orders.on('action_refused', ({ action, error }) => this.#onRefused(action, error));
    this.orders.on('connected', () => this.isOnDuty.value && this.setDuty(true)); // the hub ends a shift without a signal
    this.#end = [
      effect(() => (this.isOnDuty.value ? this.location.start() : this.location.stop())),
      effect(() => localStorage.setItem(this.#key, JSON.stringify({
        isOnDuty: this.isOnDuty.value, progress: this.progress.value, orders: this.trips.value,
      }))),
    ];
    this.#listenForOffers();
  }

  progressOf(orderId) {
    return this.progress.value[orderId] ?? { proofs: [] };
  }

  setDuty(isOnDuty) {
    this.isOnDuty.value = isOnDuty;
    return this.run(this.orders.act('PATCH', '/drivers/me/status', { status: isOnDuty ? 'available' : 'offline' }));
  }

  /** Does something, and shows why it failed. */
  async run(work) {
    this.error.value = '';
    try {
      await work;
    } catch (failure) {
      this.error.value = inWords(failure);
    }
  }

  async accept({ orderId, round }) {
    await this.run(this.orders.request('POST', `/orders/${orderId}/accept-offer`).then(() => this.#close(orderId, round)));
    this.#readOffers();
  }

  async decline({ orderId, round }) {
    this.#close(orderId, round);
    await this.run(this.orders.request('POST', `/orders/${orderId}/decline-offer`, {}).catch((error) => {
      this.#answered.delete(orderId);
      throw error;
    }));
    this.#readOffers();
  }

  arrive(orderId, stop) {
    this.#note(orderId, { [stop]: true });
    return this.run(this.orders.act('POST', `/orders/${orderId}/arrived`, { stop, occurredAt: new Date().toISOString() }));
  }

  /** Picks up, and drives on. */
  pickUp(orderId) {
    this.run(this.orders.moveAhead(orderId, 'picked_up'));
    return this.run(this.orders.moveAhead(orderId, 'in_transit'));
  }

  deliver(orderId) {
    return this.run(this.orders.moveAhead(orderId, 'delivered'));
  }

  fail(orderId, reason) {
    return this.run(this.orders.moveAhead(orderId, 'failed', { reason }));
  }

  handBack(orderId, reason) {
    return this.run(this.orders.act('POST', `/orders/${orderId}/hand-back`, { reason }));
  }

  /** Records a proof with where and when it was made; a file is kept on the device until it is sent. */
  prove(orderId, kind, fields, file) {
    const { latitude, longitude, accuracy } = this.location.newest.value ?? {};
    const proof = { kind, ...fields, ...(latitude === undefined ? {} : { latitude, longitude, accuracy }), occurredAt: new Date().toISOString() };
    this.#note(orderId, { proofs: [...new Set([...this.progressOf(orderId).proofs, kind])] });
    return this.run(file
      ? this.orders.act('POST', `/orders/${orderId}/proof?${new URLSearchParams(proof)}`, file)
      : this.orders.act('POST', `/orders/${orderId}/proof`, proof));
  }

  close() {
    this.location.stop();
    this.#end.forEach((end) => end());
    this.#socket.disconnect();
    this.orders.close();
  }

  #note(orderId, change) {
    this.progress.value = { ...this.progress.value, [orderId]: { ...this.progressOf(orderId), ...change } };
  }

  /** What was refused is not done: a PIN that is wrong is asked for again. */
  #onRefused({ path, body }, error) {
    const [, orderId, what] = path.match(/^\/orders\/([^/]+)\/(\w+)/) ?? [];
    if (what === 'proof') {
      const kind = body?.kind ?? new URL(path, location.origin).searchParams.get('kind');
      this.#note(orderId, { proofs: this.progressOf(orderId).proofs.filter((one) => one !== kind) });
    }
    this.error.value = inWords(error);
  }

  #listenForOffers() {
    this.#socket = io(`${location.origin}/marketplace`, {
      path: settings.socketPath, auth: (send) => currentToken().then((token) => send({ token })),
    });
    this.#socket.on('connect', () => this.#readOffers());
    this.#socket.on('delivery:new_request', (_, acknowledge) => {
      acknowledge({ received: true });
      this.#readOffers();
    });
    this.#socket.on('delivery:request_closed', () => this.#readOffers());
  }

  #close(orderId, round) {
    this.#answered.set(orderId, round);
    this.offers.value = this.offers.value.filter((offer) => offer.orderId !== orderId);
  }

  async #readOffers() {
    const read = ++this.#reads;
    try {
      const { serverTime, offers } = await this.orders.request('GET', '/drivers/me/offers');
      if (read < this.#shownRead) {
        return; // a later answer was faster
      }
      this.#shownRead = read;
      this.offerOffsetMs.value = Date.parse(serverTime) - Date.now();
      this.offers.value = offers.filter(({ orderId, round }) => this.#answered.get(orderId) !== round);
    } catch (error) {
      if (error.isTemporary && this.#socket.connected) {
        setTimeout(() => this.#readOffers(), READ_AGAIN_MS);
      }
    }
  }
}

/** An error for the driver; what the hub says of it, if there are no better words. */
function inWords({ field, message }) {
  return field === 'pin' ? 'This PIN is wrong. Ask the customer for the four digits again.' : message;
}

function rank({ orderId, status }, chosen) {
  if (orderId === chosen) {
    return 0;
  }
  return status === 'in_transit' ? 1 : status === 'picked_up' ? 2 : 3;
}

/** The stop that an order goes to next. */
export function stopOf({ status }) {
  return TO_STORE.has(status) ? 'pickup' : 'dropoff';
}
