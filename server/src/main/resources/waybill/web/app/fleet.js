// The drivers of the part of the map that is shown, from the frames of the hub.
import { signal } from '@preact/signals';
import { glideTo, placeAt, standing } from './glide.js';

export const SIGNALS = ['live', 'stale', 'lost'];

const BYTES = 16;
const SIGNAL = 3;
const WITH_ORDER = 4;
const ON_DUTY = 8;
const HEADING_UNKNOWN = 255;

export class Fleet {
  #client;
  #ids = new Map(); // index -> driver id
  #table = 0;
  #view = null;
  #listeners = new Set();

  /** Drivers by id: where each glides from and to, and when. */
  drivers = new Map();

  /** `{shown, total, atMs}` of the newest frame. */
  news = signal({ shown: 0, total: 0, atMs: 0 });

  constructor(client) {
    this.#client = client;
    client.on('fleet:drivers', (rows) => this.#addRows(rows));
    client.on('fleet:positions', (frame) => this.#applyFrame(frame));
    client.on('state', ({ name }) => {
      if (name === 'connected') {
        this.#table = 0;
        this.#ids.clear();
        this.#subscribe();
      }
    });
  }

  /** Watches the drivers within bounds `[west, south, east, north]`. */
  watch(bounds, zoom) {
    const [west, south, east, north] = bounds;
    this.#view = { bounds: { west, south, east, north }, zoom };
    return this.#subscribe();
  }

  onFrame(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Where a driver is drawn at this time, in mercator coordinates. */
  static at(driver, nowMs) {
    return placeAt(driver, nowMs);
  }

  async #subscribe() {
    if (!this.#view) {
      return;
    }
    try {
      await this.#client.emit('subscribe:fleet', this.#view);
    } catch (failure) {
      if (failure.isTemporary && failure.code !== 'offline') {
        setTimeout(() => this.#subscribe(), failure.retryAfterMs ?? 5_000);
      } // offline: subscribed to again when connected
    }
  }

  #addRows({ table, drivers }) {
    if (table !== this.#table) {
      this.#ids.clear();
      this.#table = table;
    }
    for (const [index, driverId] of drivers) {
      this.#ids.set(index, driverId);
    }
  }

  #applyFrame({ table, sentAt, total, positions }) {
    const data = new DataView(positions);
    if (table !== this.#table && data.byteLength > 0) {
      return; // of the former connection
    }
    const sentMs = Date.parse(sentAt);
    const nowMs = performance.now();
    const seen = new Set();
    for (let at = 0; at + BYTES <= data.byteLength; at += BYTES) {
      const id = this.#ids.get(data.getInt32(at, true));
      if (id !== undefined) {
        seen.add(id);
        this.#applyDriver(id, data, at, sentMs, nowMs);
      }
    }
    for (const id of this.drivers.keys()) {
      if (!seen.has(id)) {
        this.drivers.delete(id);
      }
    }
    this.news.value = { shown: seen.size, total, atMs: Date.now() };
    this.#listeners.forEach((listener) => listener());
  }

  #applyDriver(id, data, at, sentMs, nowMs) {
    const latitude = data.getInt32(at + 4, true) / 1e6;
    const longitude = data.getInt32(at + 8, true) / 1e6;
    const heading = data.getUint8(at + 12);
    const state = data.getUint8(at + 13);
    const ageS = data.getUint16(at + 14, true);
    const next = {
      id, latitude, longitude, ageS,
      heading: heading === HEADING_UNKNOWN ? null : heading * 1.5,
      signal: SIGNALS[state & SIGNAL], hasOrder: (state & WITH_ORDER) !== 0, isOnDuty: (state & ON_DUTY) !== 0,
    };
    const known = this.drivers.get(id);
    if (!known) {
      this.drivers.set(id, { ...next, ...standing(next, sentMs - ageS * 1_000), headingFrom: next.heading });
    } else if (known.latitude === latitude && known.longitude === longitude) {
      Object.assign(known, next);
    } else {
      glideTo(known, next, sentMs - ageS * 1_000, nowMs);
      Object.assign(known, next, { headingFrom: known.heading });
    }
  }
}
