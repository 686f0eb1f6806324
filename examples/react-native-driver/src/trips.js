// The orders that a driver has, and what it does with them.
import { Store } from './store.js';

const TO_STORE = new Set(['accepted', 'preparing', 'ready_for_pickup', 'assigned_to_driver']);
const IN_HAND = new Set(['picked_up', 'in_transit']);

/** After how long the orders are read again when the hub did not answer. */
const READ_AGAIN_MS = 3_000;

/**
 * What the driver does is shown at once, as `ahead` of what the hub has, and waits in the client's outbox until the hub has
 * executed it. The orders are in the storage, too: an app that starts without a network shows them.
 */
export class Trips {
  #waybill;
  #storage;
  #key;
  #rows = new Map(); // order id -> {order, ahead, arrived}
  #readAgain;
  #end;

  /** Those of the driver, the one in hand first: `{order, status, stop, hasArrived}`. */
  list = new Store([]);
  error = new Store('');

  constructor(waybill, storage, key) {
    this.#waybill = waybill;
    this.#storage = storage;
    this.#key = key;
    this.#end = [
      waybill.on('connected', () => this.#load()),
      waybill.on('gap', () => this.#load()),
      waybill.on('order:status_update', (update) => this.#onStatus(update)),
      waybill.on('driver:new_assignment', ({ orderId }) => this.#read(orderId)),
      waybill.on('driver:assignment_ended', ({ orderId }) => this.#remove(orderId)),
      waybill.on('action_done', ({ result }) => this.#onDone(result)),
      waybill.on('action_refused', ({ action, error }) => this.#onRefused(action, error)),
    ];
    this.#recall();
  }

  arrive(orderId, stop) {
    this.#change(orderId, { arrived: stop });
    this.#act('POST', `/orders/${orderId}/arrived`, { stop });
  }

  /** Picks up, and drives on. */
  pickUp(orderId) {
    this.#move(orderId, 'picked_up');
    this.#move(orderId, 'in_transit');
  }

  deliver(orderId) {
    this.#move(orderId, 'delivered');
  }

  /** An order that the driver has accepted. */
  put(order) {
    const { order: known, ...row } = this.#rows.get(order.orderId) ?? {};
    if (known?.eventId > order.eventId) {
      return; // an event was faster
    }
    this.#rows.set(order.orderId, { ...row, order });
    this.#changed();
  }

  close() {
    clearTimeout(this.#readAgain);
    this.#end.forEach((end) => end());
  }

  #move(orderId, status) {
    this.#change(orderId, { ahead: status });
    this.#act('PATCH', `/orders/${orderId}/status`, { status });
  }

  #act(method, path, body) {
    this.error.set('');
    this.#waybill.act(method, path, { ...body, occurredAt: new Date().toISOString() })
      .catch((error) => this.error.set(error.message));
  }

  #onDone(result) {
    if (result?.orderId && this.#rows.has(result.orderId)) {
      this.put({ ...this.#rows.get(result.orderId).order, ...result });
    }
    if (this.#waybill.waiting === 0) {
      this.#rows.forEach((row) => (row.ahead = undefined));
      this.#changed();
    }
  }

  /** What was refused is not done; also an action from before a restart, whose promise is gone. */
  #onRefused({ path }, error) {
    this.error.set(error.message);
    const [, orderId] = path.match(/^\/orders\/([^/]+)/) ?? [];
    if (this.#rows.has(orderId)) {
      this.#change(orderId, { ahead: undefined, arrived: undefined });
      this.#read(orderId);
    }
  }

  #onStatus({ orderId, status, eventId }) {
    const row = this.#rows.get(orderId);
    if (row) {
      this.put({ ...row.order, status, eventId });
    }
  }

  async #recall() {
    const saved = JSON.parse((await this.#storage.getItem(this.#key)) ?? '[]');
    saved.filter(({ order }) => !this.#rows.has(order.orderId)).forEach((row) => this.#rows.set(row.order.orderId, row));
    this.#changed();
  }

  /** The hub's list, and each order shown that it does not have: that one has ended, or is newer than the list. */
  async #load() {
    try {
      const { orders } = await this.#waybill.request('GET', '/orders/active');
      const listed = new Set(orders.map(({ orderId }) => orderId));
      orders.forEach((order) => this.put(order));
      const others = this.list.value.map(({ order }) => order.orderId).filter((orderId) => !listed.has(orderId));
      await Promise.all(others.map((orderId) => this.#read(orderId)));
    } catch (error) {
      this.error.set(error.message);
      if (error.isTemporary) {
        clearTimeout(this.#readAgain);
        this.#readAgain = setTimeout(() => this.#load(), error.retryAfterMs ?? READ_AGAIN_MS);
      }
    }
  }

  async #read(orderId) {
    try {
      this.put(await this.#waybill.request('GET', `/orders/${orderId}`));
    } catch (error) {
      if (error.code === 'not_found' || error.code === 'forbidden') {
        this.#remove(orderId); // no longer this driver's
      }
    }
  }

  #change(orderId, change) {
    this.#rows.set(orderId, { ...this.#rows.get(orderId), ...change });
    this.#changed();
  }

  #remove(orderId) {
    this.#rows.delete(orderId);
    this.#changed();
  }

  #changed() {
    const trips = [...this.#rows.values()].map(tripOf).filter(isOpen);
    this.list.set(trips.sort((a, b) => IN_HAND.has(b.status) - IN_HAND.has(a.status)));
    const open = new Set(trips.map(({ order }) => order.orderId));
    this.#storage.setItem(this.#key, JSON.stringify([...this.#rows.values()].filter(({ order }) => open.has(order.orderId))));
  }
}

function tripOf({ order, ahead, arrived }) {
  const status = ahead ?? order.status;
  const stop = IN_HAND.has(status) ? 'dropoff' : 'pickup';
  return { order, status, stop, hasArrived: arrived === stop };
}

function isOpen({ order, status }) {
  return IN_HAND.has(status) || (TO_STORE.has(status) && order.driverId);
}
