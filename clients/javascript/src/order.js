// What this client knows of one order.

/** The time from which a position is no longer live, and from which its driver is lost, as the hub's defaults are. */
const STALE_AFTER_MS = 2 * 60_000;
const LOST_AFTER_MS = 5 * 60_000;

/**
 * A live view of an order: its status, its driver's position, its ETA. Every change makes a new `value`, so that it fits
 * React's `useSyncExternalStore`, a signal, or a plain listener.
 */
export class OrderView {
  #value;
  #listeners = new Set();
  #onUsed;
  #onUnused;

  /** @internal @param onUsed called with the view at its first listener, `onUnused` after its last */
  constructor(orderId, onUsed, onUnused) {
    this.#value = Object.freeze({
      orderId, status: null, orderNumber: null, driverId: null, position: null, signal: null, eta: null, error: null,
    });
    this.#onUsed = onUsed;
    this.#onUnused = onUnused;
  }

  /** The newest state; the same object until something changes. */
  get value() {
    return this.#value;
  }

  /** Calls the listener after every change; returns what ends that. */
  subscribe = (listener) => {
    const call = (value) => listener(value); // one listener may subscribe twice
    this.#listeners.add(call);
    if (this.#listeners.size === 1) {
      this.#onUsed(this);
    }
    return () => {
      if (this.#listeners.delete(call) && this.#listeners.size === 0) {
        this.#onUnused(this);
      }
    };
  };

  /** @internal applies the ack of `subscribe:order` */
  applySnapshot({ orderNumber, status, driverId, position, signal, eta }) {
    this.#update({ orderNumber, status, driverId, position: position && dated(position), signal, eta, error: null });
  }

  /** @internal applies an event of this order */
  applyEvent(name, data) {
    const change = changeOf(name, data);
    if (change) {
      this.#update(change);
    }
  }

  /** @internal takes the state of another view of the order */
  copyFrom(other) {
    this.#value = Object.freeze({ ...other.#value });
  }

  /** @internal the hub refused to show the order */
  applyError(error) {
    this.#update({ error });
  }

  #update(change) {
    this.#value = Object.freeze({ ...this.#value, ...change });
    for (const listener of [...this.#listeners]) {
      listener(this.#value);
    }
  }
}

/** How fresh a position is now: `live`, `stale` or `lost`. `atMs` of a position is its time by this machine's clock. */
export function freshness(position, nowMs = Date.now()) {
  const ageMs = nowMs - position.atMs;
  return ageMs < STALE_AFTER_MS ? 'live' : ageMs < LOST_AFTER_MS ? 'stale' : 'lost';
}

function changeOf(name, data) {
  switch (name) {
    case 'order:status_update': {
      const change = { status: data.status, orderNumber: data.orderNumber };
      return data.driverId === undefined ? change : { ...change, driverId: data.driverId };
    }
    case 'driver:location_update':
      return { position: dated(data), driverId: data.driverId, signal: 'live' };
    case 'driver:signal_lost':
      return { signal: 'lost' };
    case 'driver:signal_regained':
      return { signal: 'live' };
    case 'order:eta_update': {
      const { etaMinutes, estimatedDeliveryTime, low, high, etaSource } = data;
      return { eta: { etaMinutes, estimatedDeliveryTime, low, high, etaSource } };
    }
    default:
      return undefined;
  }
}

/** With the time of the position by this machine's clock, whatever the hub's says. */
function dated({ latitude, longitude, heading = null, speed = null, recordedAt, ageMs = 0 }) {
  return { latitude, longitude, heading, speed, recordedAt, atMs: Date.now() - ageMs };
}
