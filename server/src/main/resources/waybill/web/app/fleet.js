// The drivers of the part of the map that is shown, from the frames of the hub.
import { signal } from '@preact/signals';

export const SIGNALS = ['live', 'stale', 'lost'];

const BYTES = 16;
const SIGNAL = 3;
const WITH_ORDER = 4;
const ON_DUTY = 8;
const HEADING_UNKNOWN = 255;

/** A driver that moved farther between two frames is not shown to glide. */
const JUMP_METRES = 2_000;

/** A glide is slower than the reports by this factor, so that the next one comes before it ends. */
const BEHIND = 1.2;
const INTERVAL_MIN_MS = 1_000;
const INTERVAL_MAX_MS = 20_000;
const INTERVALS = 5;

const EARTH_METRES = 40_075_017;

/** Mercator coordinates: 0 to 1 from west to east, and from north to south. */
export function mercator(longitude, latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

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
    const part = driver.t1 > driver.t0 ? Math.min(1, Math.max(0, (nowMs - driver.t0) / (driver.t1 - driver.t0))) : 1;
    return [driver.from[0] + (driver.to[0] - driver.from[0]) * part, driver.from[1] + (driver.to[1] - driver.from[1]) * part];
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
      const place = mercator(longitude, latitude);
      this.drivers.set(id, { ...next, from: place, to: place, t0: 0, t1: 0, headingFrom: next.heading, fixMs: sentMs - ageS * 1_000, intervals: [] });
    } else if (known.latitude === latitude && known.longitude === longitude) {
      Object.assign(known, next);
    } else {
      move(known, next, sentMs, nowMs);
    }
  }
}

/** From where the driver is drawn now to its new position, in the time that it takes between two reports. */
function move(driver, next, sentMs, nowMs) {
  const fixMs = sentMs - next.ageS * 1_000;
  driver.intervals = [...driver.intervals, Math.max(INTERVAL_MIN_MS, fixMs - driver.fixMs)].slice(-INTERVALS);
  const to = mercator(next.longitude, next.latitude);
  const from = Fleet.at(driver, nowMs);
  const metres = Math.hypot(to[0] - from[0], to[1] - from[1]) * EARTH_METRES * Math.cos((next.latitude * Math.PI) / 180);
  const glides = metres < JUMP_METRES && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  Object.assign(driver, next, {
    headingFrom: driver.heading, fixMs, to, from: glides ? from : to,
    t0: nowMs, t1: glides ? nowMs + BEHIND * Math.min(INTERVAL_MAX_MS, median(driver.intervals)) : nowMs,
  });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
