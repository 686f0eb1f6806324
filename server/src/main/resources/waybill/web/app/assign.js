// Assigning orders to drivers: what it would cost, and undo.
import { signal } from '@preact/signals';
import { clockTime } from './ui.js';

const UNDO_MS = 10_000;
const PREVIEW_MS = 15_000;

/** A line at the bottom of the page, `{text, isBad?, undo?}`; null while there is none. */
export const toast = signal(null);

let timer;

export function say(text, { isBad = false, undo } = {}) {
  clearTimeout(timer);
  toast.value = { text, isBad, undo };
  timer = setTimeout(() => (toast.value = null), undo ? UNDO_MS : 4_000);
}

export class Assignments {
  #orders;
  #previews = new Map(); // order id -> {atMs, promise}

  constructor(orders) {
    this.#orders = orders;
  }

  /** The candidates of an order as dispatch compares them now. */
  preview(orderId) {
    const known = this.#previews.get(orderId);
    if (known && Date.now() - known.atMs < PREVIEW_MS) {
      return known.promise;
    }
    const promise = this.#orders.request('GET', `/orders/${orderId}/dispatch`);
    this.#previews.set(orderId, { atMs: Date.now(), promise });
    promise.catch(() => this.#previews.delete(orderId));
    return promise;
  }

  /** Assigns the orders to the driver, one after the other, and offers to take that back. */
  async assign(orderIds, driverId) {
    const done = [];
    try {
      for (const orderId of orderIds) {
        this.#previews.delete(orderId);
        await this.#orders.assign(orderId, driverId);
        done.push(orderId);
      }
      say(`${count(done.length)} to ${driverId}`, { undo: () => this.#undo(done, driverId) });
    } catch (failure) {
      say(done.length === 0 ? failure.message : `${count(done.length)} to ${driverId}; then: ${failure.message}`,
        { isBad: true, ...(done.length > 0 && { undo: () => this.#undo(done, driverId) }) });
    }
  }

  async #undo(orderIds, driverId) {
    say('Taking it back…');
    try {
      for (const orderId of orderIds) {
        await this.#orders.request('POST', `/orders/${orderId}/hand-back`, { reason: 'assignment undone by the dispatcher' });
        await this.#orders.reload(orderId);
      }
      say(`${count(orderIds.length)} taken from ${driverId}`);
    } catch (failure) {
      say(`Not taken back: ${failure.message}`, { isBad: true });
    }
  }
}

function count(orders) {
  return orders === 1 ? '1 order' : `${orders} orders`;
}

/** What an assignment would mean, in one line: `+6 min, at the store 14:32`. */
export function costText(candidate) {
  const late = Math.round(candidate.delay);
  return `${late > 0 ? `+${late}\u00a0min` : 'no delay'}, at the store ${clockTime(candidate.pickupAt)}${candidate.emptyDriving >= 1 ? `, ${Math.round(candidate.emptyDriving)}\u00a0min empty` : ''}`;
}

/** What the whole assignment would mean for a driver that a drag is over. */
export function previewText(preview, driverId) {
  if (!preview) {
    return 'comparing drivers…';
  }
  const candidate = preview.candidates.find((one) => one.driverId === driverId);
  if (!candidate) {
    return preview.reason === 'not_waiting' ? 'places unknown, so no time can be told' : 'not a candidate: off duty, or busy for long';
  }
  const rank = preview.candidates.filter((one) => one.cost < candidate.cost).length;
  return `${costText(candidate)}${rank === 0 ? ', the cheapest' : `, ${rank} cheaper`}`;
}
