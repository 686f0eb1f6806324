// The orders and drivers of a time in the past, from the events of the hub's time machine.
import { batch, computed, signal } from '@preact/signals';
import { io } from 'socket.io-client';
import { glideTo, placeAt, standing } from './glide.js';
import { currentToken } from './session.js';
import { settings } from './settings.js';

const DONE = new Set(['delivered', 'cancelled', 'declined', 'expired', 'returned', 'failed']);

/** A driver of whom there was no position for so long is drawn as lost. */
const LOST_MS = 120_000;

/** What a request waits for its answer. */
const ANSWER_MS = 15_000;

/** One replay: its time, and what was known then. The map takes it for the orders of the page, and for its fleet. */
export class Replayed {
  #socket;
  #rows = signal(new Map());
  #listeners = new Set();
  #sync = { atMs: 0, nowMs: 0 };

  drivers = new Map();

  /** `{state, from, to, speed}` of the replay as the hub says it, times in milliseconds; null without one. */
  replay = signal(null);

  /** The time that is shown, in milliseconds. */
  atMs = signal(0);

  /** Whether the hub is reached; and why not, or what it refused. */
  isConnected = signal(false);
  failure = signal('');

  /** What happened lately, the newest first: `{key, atMs, orderId, orderNumber, status}`. */
  news = signal([]);

  constructor() {
    this.#socket = io('/replay', { path: settings.socketPath, auth: (give) => currentToken().then((token) => give({ token })), forceNew: true });
    this.#socket.on('connect', () => batch(() => {
      this.isConnected.value = true;
      this.failure.value = '';
      this.replay.value = null;
    }));
    this.#socket.on('disconnect', () => (this.isConnected.value = false));
    this.#socket.on('connect_error', ({ message }) => (this.failure.value = message));
    this.#socket.on('replay:state', (state) => this.#onState(state));
    this.#socket.on('replay:failed', ({ message }) => (this.failure.value = message));
    this.#socket.on('order:new', (order, meta) => this.#onNew(order, meta));
    this.#socket.on('order:status_update', (update, meta) => this.#onStatus(update, meta));
    this.#socket.on('driver:new_assignment', ({ orderId, driverId }) => this.#change(orderId, { driverId }));
    this.#socket.on('driver:location_update', (position, meta) => this.#onPosition(position, meta));
  }

  /** The lists that the map draws: nothing is late in the past. */
  sections = computed(() => {
    const all = [...this.#rows.value.values()];
    const moving = all.filter(({ value }) => !DONE.has(value.status)).sort((a, b) => a.value.createdAt.localeCompare(b.value.createdAt));
    const done = all.filter(({ value }) => DONE.has(value.status)).sort((a, b) => b.value.changedMs - a.value.changedMs);
    return { needs: [], unassigned: [], moving, done };
  });

  row(orderId) {
    return this.#rows.value.get(orderId);
  }

  /** The map asks for nothing that is not in the events. */
  request() {
    return Promise.resolve({});
  }

  watch() {}

  onFrame(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  range() {
    return this.#ask('replay:range');
  }

  /** @param range `{from, to}` or `{orderId}` */
  async start(range, speed) {
    this.failure.value = '';
    this.#forget();
    this.replay.value = null;
    const state = await this.#ask('replay:start', { ...range, speed, paused: true });
    if (state) {
      this.#onState(state);
    }
  }

  play() {
    return this.#ask('replay:play');
  }

  pause() {
    return this.#ask('replay:pause');
  }

  setSpeed(speed) {
    return this.#ask('replay:speed', { speed });
  }

  seek(atMs) {
    this.atMs.value = atMs;
    return this.#ask('replay:seek', { at: Math.round(atMs) });
  }

  close() {
    this.#socket.disconnect();
  }

  async #ask(event, request = {}) {
    try {
      const answer = await this.#socket.timeout(ANSWER_MS).emitWithAck(event, request);
      if (answer.ok) {
        return answer;
      }
      this.failure.value = answer.error.message;
    } catch {
      this.failure.value = 'The hub does not answer.';
    }
    return null;
  }

  #onState({ state, at, from, to, speed }) {
    batch(() => {
      if (state === 'loading') {
        this.#forget();
      }
      this.replay.value = { state, speed, from: Date.parse(from), to: Date.parse(to) };
      this.#sync = { atMs: Date.parse(at), nowMs: performance.now() };
      this.atMs.value = this.#sync.atMs;
    });
  }

  /** Moves the time that is shown. Called often. */
  tick() {
    const { state, speed, to } = this.replay.value ?? {};
    if (state === 'playing') {
      this.atMs.value = Math.min(to, this.#sync.atMs + (performance.now() - this.#sync.nowMs) * speed);
    }
    for (const driver of this.drivers.values()) {
      driver.signal = this.atMs.value - driver.seenMs > LOST_MS ? 'lost' : 'live';
    }
    this.#listeners.forEach((listener) => listener());
  }

  #forget() {
    batch(() => {
      this.#rows.value = new Map();
      this.news.value = [];
    });
    this.drivers.clear();
    this.#listeners.forEach((listener) => listener());
  }

  #onNew(order, { at, state }) {
    const place = (kind) => ({
      text: order[`${kind}Address`], ...(order[`${kind}Latitude`] === null ? {} : { latitude: order[`${kind}Latitude`], longitude: order[`${kind}Longitude`] }),
    });
    const row = {
      orderId: order.orderId, orderNumber: order.orderNumber, status: order.status, storeId: order.storeId, driverId: order.driverId, customerName: order.customerName,
      createdAt: order.createdAt ?? '', changedMs: Date.parse(at), pickupAddress: place('pickup'), deliveryAddress: place('delivery'),
    };
    const rows = new Map(this.#rows.value);
    rows.set(order.orderId, signal(row));
    this.#rows.value = rows;
    if (!state) {
      this.#tell(row, at);
    }
  }

  #onStatus({ orderId, status, driverId }, { at, state }) {
    const known = this.row(orderId)?.value;
    this.#change(orderId, { status, changedMs: Date.parse(at), ...(driverId ? { driverId } : {}) });
    if (!state && known && known.status !== status) {
      this.#tell(this.row(orderId).value, at);
    }
  }

  #tell({ orderId, orderNumber, status }, at) {
    this.news.value = [{ key: `${orderId} ${status} ${at}`, atMs: Date.parse(at), orderId, orderNumber, status }, ...this.news.value].slice(0, 50);
  }

  #change(orderId, change) {
    const row = this.row(orderId);
    if (row) {
      row.value = { ...row.value, ...change };
      this.#rows.value = new Map(this.#rows.value); // its list may be another one now
    }
  }

  #onPosition({ orderId, driverId, latitude, longitude, heading }, { at, state }) {
    if (this.row(orderId) && this.row(orderId).value.driverId !== driverId) {
      this.#change(orderId, { driverId });
    }
    const seenMs = Date.parse(at);
    const next = { id: driverId, latitude, longitude, heading, ageS: 0, signal: 'live', hasOrder: true, isOnDuty: true, seenMs };
    const known = this.drivers.get(driverId);
    if (!known || state) {
      this.drivers.set(driverId, { ...next, ...standing(next, performance.now()), headingFrom: heading });
    } else {
      const { speed = 1 } = this.replay.value ?? {};
      glideTo(known, next, known.fixMs + (seenMs - known.seenMs) / speed, performance.now());
      Object.assign(known, next, { headingFrom: known.heading });
    }
    this.#listeners.forEach((listener) => listener());
  }

  /** As of the fleet of the live map. */
  static at(driver, nowMs) {
    return placeAt(driver, nowMs);
  }
}
