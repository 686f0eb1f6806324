// The driver's own positions, on their way to the hub.
import { Backoff } from './backoff.js';

/** Positions that may wait: two hours at one a second. Of more, the oldest are dropped. */
const WAITING_MAX = 7_200;

/** While they wait they are saved at every tenth: an app that is killed loses up to nine of them. */
const SAVED_EVERY = 10;

/** Positions in one message, as the hub's limit is. */
const BATCH_MAX = 500;

/**
 * Positions that are reported in the order in which they were recorded. While the hub cannot be reached they wait, in the
 * storage too, and follow as lists: the newest is shown, all of them belong to the driven route.
 */
export class PositionQueue {
  #emit;
  #storage;
  #listener;
  #backoff;
  #waiting = [];
  #inFlight = 0; // of those that wait, how many are being sent
  #isSending = false;
  #isClosed = false;
  #loaded;

  /**
   * @param emit sends an event, and rejects when it was not acknowledged
   * @param listener `verdict(ack)`, `rejected(positions, error)`
   */
  constructor({ emit, storage, listener, random }) {
    this.#emit = emit;
    this.#storage = storage;
    this.#listener = listener;
    this.#backoff = new Backoff(random);
  }

  open() {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  get length() {
    return this.#waiting.length;
  }

  async add(position) {
    await this.open();
    this.#waiting.push({ recordedAt: new Date().toISOString(), ...position });
    if (this.#waiting.length > WAITING_MAX) {
      this.#waiting.splice(this.#inFlight, this.#waiting.length - WAITING_MAX);
    }
    if (this.#waiting.length % SAVED_EVERY === 0) {
      this.#storage.save('positions', this.#waiting);
    }
    this.#sendAll();
  }

  retry() {
    this.#backoff.wake();
    this.#sendAll();
  }

  close() {
    this.#isClosed = true;
    this.#backoff.wake();
  }

  async #load() {
    const saved = await this.#storage.load('positions');
    if (Array.isArray(saved)) {
      this.#waiting.unshift(...saved);
      this.#sendAll();
    }
  }

  async #sendAll() {
    if (this.#isSending) {
      return;
    }
    this.#isSending = true;
    while (this.#waiting.length > 0 && !this.#isClosed) {
      const batch = this.#waiting.slice(0, BATCH_MAX);
      this.#inFlight = batch.length;
      try {
        this.#listener.verdict(await this.#emit('driver:location', batch.length === 1 ? batch[0] : batch));
        this.#remove(batch.length);
      } catch (error) {
        if (error.isTemporary || error.code === 'unauthenticated') {
          this.#inFlight = 0;
          this.#storage.save('positions', this.#waiting);
          await this.#backoff.pause(error.retryAfterMs);
          continue;
        }
        this.#remove(batch.length);
        this.#listener.rejected(batch, error);
      }
    }
    this.#isSending = false;
  }

  #remove(count) {
    this.#backoff.reset();
    this.#waiting.splice(0, count);
    this.#inFlight = 0;
    this.#storage.save('positions', this.#waiting);
  }
}
