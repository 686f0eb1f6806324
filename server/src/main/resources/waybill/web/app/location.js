// Where this device is.
import { signal } from '@preact/signals';
import { distance } from './words.js';

const REPORT_AFTER_MS = 5_000;

/** A driver that has moved so far is reported at once, whatever the interval. */
const MOVED_M = 40;

/** The positions of this device, reported as often as the hub asks for them. */
export class Location {
  newest = signal(null);
  error = signal('');
  #report;
  #watch;
  #timer;
  #intervalMs = REPORT_AFTER_MS;
  #reported;
  #reportedMs = 0;

  /** @param report is called with each position that the hub should know */
  constructor(report) {
    this.#report = report;
  }

  set intervalMs(value) {
    this.#intervalMs = value;
  }

  start() {
    this.#watch ??= navigator.geolocation.watchPosition(
      (found) => this.#onPosition(found),
      (failure) => (this.error.value = failure.code === failure.PERMISSION_DENIED
        ? 'This page may not see where you are. Allow it in the settings of the browser.'
        : 'The place of this device is not known at the moment.'),
      { enableHighAccuracy: true, maximumAge: 1_000 },
    );
  }

  stop() {
    navigator.geolocation.clearWatch(this.#watch);
    clearTimeout(this.#timer);
    this.#watch = undefined;
    this.#timer = undefined;
    this.error.value = '';
  }

  #onPosition({ coords, timestamp }) {
    const { latitude, longitude, heading, speed, accuracy } = coords;
    this.error.value = '';
    this.newest.value = {
      latitude, longitude, accuracy, heading: Number.isFinite(heading) ? heading : null, speed, recordedAt: new Date(timestamp).toISOString(),
    };
    const hasMoved = !this.#reported || distance(this.#reported, coords) > MOVED_M;
    const waitMs = hasMoved ? 0 : this.#reportedMs + this.#intervalMs - Date.now();
    if (waitMs <= 0) {
      this.#send();
    } else {
      this.#timer ??= setTimeout(() => this.#send(), waitMs);
    }
  }

  #send() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#reported = this.newest.value;
    this.#reportedMs = Date.now();
    this.#report(this.#reported);
  }
}
