// The socket: its token, its reconnects, its events in order and once.
import { Backoff } from './backoff.js';
import { EventCursor } from './cursor.js';
import { WaybillError } from './error.js';

const ACK_TIMEOUT_MS = 10_000;

/** Reasons of `connect_error` that a new attempt with a new token may mend. */
const TOKEN_CODES = new Set(['unauthenticated', 'forbidden']);

/**
 * One Socket.IO connection that stays for as long as the client is open.
 *
 * Emits through `listener`: `state(name, detail)`, `event(name, data)`, `gap(data)` and `connected(data)`.
 */
export class Connection {
  #io;
  #url;
  #namespace;
  #options;
  #token;
  #storage;
  #listener;
  #backoff;
  #cursor = new EventCursor();
  #socket;
  #timer;
  #sentToken;
  #rejectedToken;
  #isClosed = false;
  #isConnected = false;

  constructor({ io, url, namespace, options, token, storage, listener, random }) {
    this.#io = io;
    this.#url = url;
    this.#namespace = namespace;
    this.#options = options;
    this.#token = token;
    this.#storage = storage;
    this.#listener = listener;
    this.#backoff = new Backoff(random);
  }

  get isConnected() {
    return this.#isConnected;
  }

  async open() {
    this.#cursor = new EventCursor(await this.#storage.load('cursor'));
    if (this.#isClosed) {
      return;
    }
    const socket = this.#io(this.#url + this.#namespace, {
      ...this.#options,
      reconnectionDelayMax: 10_000,
      auth: (send) => this.#authenticate(send),
    });
    this.#socket = socket;
    this.#listener.state('connecting');
    socket.on('connect', () => socket.recovered && this.#onConnected()); // its session as it was: no `connected` follows
    socket.on('connected', (data) => this.#onConnected(data));
    socket.on('disconnect', (reason) => this.#onDisconnect(reason));
    socket.on('connect_error', (error) => this.#onConnectError(error));
    socket.on('auth:expiring', () => this.#refreshToken());
    socket.on('sync:gap', (data) => this.#onGap(data));
    socket.onAny((name, data) => this.#onEvent(name, data));
  }

  /** Emits an event, and resolves with the data of its ack; rejects with a `WaybillError`, or when no ack came. */
  async emit(name, data) {
    if (!this.#isConnected) {
      throw new WaybillError({ code: 'offline', message: `${name}: not connected` });
    }
    let ack;
    try {
      ack = await this.#socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, data);
    } catch {
      throw new WaybillError({ code: 'offline', message: `${name}: the hub did not answer in time` });
    }
    if (ack?.ok === false) {
      throw new WaybillError(ack.error);
    }
    return ack;
  }

  close() {
    this.#isClosed = true;
    clearTimeout(this.#timer);
    this.#socket?.disconnect();
    this.#setConnected(false);
  }

  async #authenticate(send) {
    let token;
    try {
      token = await this.#token();
    } catch (failure) {
      this.#listener.state('connecting', { code: 'token', message: String(failure?.message ?? failure) });
      this.#socket.disconnect();
      this.#reconnectIn(this.#backoff.nextMs());
      return;
    }
    this.#sentToken = token;
    const since = this.#cursor.since;
    send(since === undefined ? { token } : { token, since });
  }

  #onConnected(data) {
    this.#backoff.reset();
    this.#rejectedToken = undefined;
    this.#setConnected(true);
    this.#listener.connected(data);
  }

  #onEvent(name, data) {
    const id = data?.eventId;
    if (Number.isSafeInteger(id)) {
      if (!this.#cursor.accept(name, id)) {
        return;
      }
      this.#listener.event(name, data);
      this.#storage.save('cursor', this.#cursor);
    } else {
      this.#listener.event(name, data);
    }
  }

  #onDisconnect(reason) {
    this.#setConnected(false);
    if (this.#isClosed) {
      return;
    }
    this.#listener.state('connecting', { code: 'offline', message: reason });
    if (reason === 'io server disconnect') {
      this.#reconnectIn(this.#backoff.nextMs()); // the client of Socket.IO leaves this one to its user
    }
  }

  #onConnectError(error) {
    const { code, retryAfterMs = 0 } = error.data ?? {};
    if (this.#socket.active) {
      this.#listener.state('connecting', { code: code ?? 'offline', message: error.message });
      return; // the network: Socket.IO tries again by itself
    }
    if (TOKEN_CODES.has(code) && this.#rejectedToken !== undefined && this.#rejectedToken === this.#sentToken) {
      this.#listener.state('signed-out', { code, message: error.message });
    } else {
      this.#listener.state('connecting', { code, message: error.message });
    }
    this.#rejectedToken = TOKEN_CODES.has(code) ? this.#sentToken : undefined;
    this.#reconnectIn(this.#backoff.nextMs(retryAfterMs));
  }

  #reconnectIn(delayMs) {
    clearTimeout(this.#timer);
    if (!this.#isClosed) {
      this.#timer = setTimeout(() => this.#socket.connect(), delayMs);
    }
  }

  async #refreshToken() {
    try {
      const token = await this.#token({ isExpiring: true });
      await this.emit('auth:refresh', { token });
    } catch (failure) {
      this.#listener.state('connected', { code: failure.code ?? 'token', message: failure.message });
    } // without a new one the hub disconnects the socket when the token expires, and it connects again
  }

  #onGap(data) {
    this.#cursor = new EventCursor();
    this.#listener.gap(data);
  }

  #setConnected(isConnected) {
    if (this.#isConnected !== isConnected) {
      this.#isConnected = isConnected;
      if (isConnected) {
        this.#listener.state('connected');
      }
    }
  }
}
