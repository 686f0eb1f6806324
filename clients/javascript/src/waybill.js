// A client of a Waybill hub. Start at `connect`.
import { io as socketIo } from 'socket.io-client';
import { Connection } from './connection.js';
import { OrderView } from './order.js';
import { Outbox } from './outbox.js';
import { PositionQueue } from './positions.js';
import { Rest } from './rest.js';
import { newKey } from './runtime.js';
import { Storage } from './storage.js';

export { WaybillError } from './error.js';
export { freshness } from './order.js';

const NAMESPACE = '/realtime';

/** After how long an order is subscribed to again when the hub could not. */
const WATCH_AGAIN_MS = 5_000;

/** Events about one order that its view is made of. */
const ORDER_EVENTS = new Set([
  'order:status_update', 'driver:location_update', 'driver:signal_lost', 'driver:signal_regained', 'order:eta_update',
]);

/** Connects to a hub, and stays connected until `close`. */
export function connect(url, options) {
  return new Waybill(url, options);
}

/** The client of one user. */
export class Waybill {
  #connection;
  #rest;
  #outbox;
  #positions;
  #token;
  #currentToken;
  #listeners = new Map();
  #views = new Map(); // order id -> its views that have listeners
  #state = { name: 'connecting' };
  #storage;

  /** What this client may do without a hub: see `waybill.d.ts`. */
  constructor(url, { token, storage, files, name = 'default', io = socketIo, fetch = globalThis.fetch.bind(globalThis), socket = {} }) {
    const base = String(url).replace(/\/+$/, '');
    this.#token = typeof token === 'function' ? token : () => token;
    this.#storage = new Storage(storage, `waybill:${name}:`, (failure) => this.#emit('storage_failed', failure));
    const sendToken = (reason) => this.#newToken(reason);
    this.#rest = new Rest({ fetch, url: base, token: (reason) => this.#tokenForRest(reason) });
    this.#connection = new Connection({
      io, url: base, namespace: NAMESPACE, options: socket, token: sendToken, storage: this.#storage,
      listener: {
        state: (state, detail) => this.#setState(state, detail),
        event: (event, data) => this.#onEvent(event, data),
        gap: (data) => this.#onGap(data),
        connected: (data) => this.#onConnected(data),
      },
    });
    this.#outbox = new Outbox({
      rest: this.#rest, storage: this.#storage, files, newKey,
      listener: {
        done: (action, result) => this.#emit('action_done', { action, result }),
        refused: (action, error) => this.#emit('action_refused', { action, error }),
        changed: (length) => this.#emit('outbox', length),
        fileNotSaved: (failure) => this.#emit('storage_failed', failure),
      },
    });
    this.#positions = new PositionQueue({
      emit: (event, data) => this.#connection.emit(event, data), storage: this.#storage,
      listener: {
        verdict: (ack) => this.#emit('position_verdict', ack),
        rejected: (positions, error) => this.#emit('position_rejected', { positions, error }),
      },
    });
    this.#connection.open();
    this.#outbox.open();
    this.#positions.open();
  }

  /** `{name, code?, message?}`: name is `connecting`, `connected`, `signed-out` or `closed`. */
  get state() {
    return this.#state;
  }

  /** How many actions wait for the hub. */
  get waiting() {
    return this.#outbox.length;
  }

  /** Calls the listener for every event of that name; returns what ends that. */
  on(event, listener) {
    const listeners = this.#listeners.get(event) ?? new Set();
    this.#listeners.set(event, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** The live view of an order. The client follows the order as long as one of its views has a listener. */
  order(orderId) {
    const [known] = this.#views.get(orderId) ?? [];
    return known ?? new OrderView(orderId, (view) => this.#use(orderId, view), (view) => this.#release(orderId, view));
  }

  /** Emits an event to the hub; resolves with its ack. Rejects when the hub refuses it or cannot be reached. */
  emit(event, data) {
    return this.#connection.emit(event, data);
  }

  /** Sends a REST request now; resolves with its response. */
  request(method, path, body) {
    return this.#rest.request(method, path, body);
  }

  /** Sends a REST request as soon as the hub can be reached, in order, and executed once. A `Blob` is sent as it is. */
  act(method, path, body) {
    return this.#outbox.add(method, path, body);
  }

  /** Reports a position of this driver, now or as soon as the hub can be reached. */
  reportPosition(position) {
    return this.#positions.add(position);
  }

  /** Disconnects, and resolves once what waits is in the storage. */
  async close() {
    this.#connection.close();
    this.#outbox.close();
    this.#positions.close();
    this.#setState('closed');
    await this.#storage.flush();
  }

  async #newToken(reason = {}) {
    this.#currentToken = await this.#token(reason);
    return this.#currentToken;
  }

  async #tokenForRest({ isRejected = false } = {}) {
    return isRejected || this.#currentToken === undefined ? this.#newToken({ isRejected }) : this.#currentToken;
  }

  #onConnected(data) {
    if (data) {
      this.#emit('connected', data);
    }
    this.#watchAll();
    this.#outbox.retry();
    this.#positions.retry();
  }

  #onEvent(event, data) {
    if (ORDER_EVENTS.has(event)) {
      this.#views.get(data.orderId)?.forEach((view) => view.applyEvent(event, data));
    }
    if (event !== 'connected') {
      this.#emit(event, data);
    }
  }

  /** Events are missing that the hub no longer has: the state is loaded anew. */
  #onGap(data) {
    this.#watchAll();
    this.#emit('gap', data);
  }

  #watchAll() {
    for (const orderId of this.#views.keys()) {
      this.#watch(orderId);
    }
  }

  async #watch(orderId) {
    if (!this.#connection.isConnected) {
      return; // all are watched when the client has connected
    }
    try {
      const snapshot = await this.#connection.emit('subscribe:order', { orderId });
      this.#views.get(orderId)?.forEach((view) => view.applySnapshot(snapshot));
    } catch (error) {
      if (!error.isTemporary) {
        this.#views.get(orderId)?.forEach((view) => view.applyError(error));
      } else if (this.#connection.isConnected) {
        setTimeout(() => this.#views.has(orderId) && this.#watch(orderId), error.retryAfterMs ?? WATCH_AGAIN_MS);
      }
    }
  }

  #use(orderId, view) {
    const views = this.#views.get(orderId);
    if (views) {
      const [other] = views;
      view.copyFrom(other);
      views.add(view);
    } else {
      this.#views.set(orderId, new Set([view]));
      this.#watch(orderId);
    }
  }

  #release(orderId, view) {
    const views = this.#views.get(orderId);
    views.delete(view);
    if (views.size === 0) {
      this.#views.delete(orderId);
      if (this.#connection.isConnected) {
        this.#connection.emit('unsubscribe:order', { orderId }).catch(() => {}); // or the next connection is without it
      }
    }
  }

  #setState(name, detail = {}) {
    if (this.#state.name !== 'closed') {
      this.#state = { name, ...detail };
      this.#emit('state', this.#state);
    }
  }

  /** A listener that throws does not keep the event from the others. */
  #emit(event, data) {
    for (const listener of [...(this.#listeners.get(event) ?? [])]) {
      try {
        listener(data);
      } catch (failure) {
        reportError(failure);
      }
    }
  }
}

function reportError(failure) {
  if (globalThis.reportError) {
    globalThis.reportError(failure);
  } else {
    console.error(failure);
  }
}
