// What the user did while the hub could not be reached.
import { Backoff } from './backoff.js';
import { WaybillError } from './error.js';

/** Actions that may wait. One more is refused with `too_large`. */
const ACTIONS_MAX = 1_000;

/**
 * Actions that are sent in the order in which they were taken, each once: it keeps its idempotency key for every attempt,
 * also after a restart of the page or the app. One that the hub refuses is dropped, and the next one is sent.
 */
export class Outbox {
  #rest;
  #storage;
  #listener;
  #backoff;
  #newKey;
  #actions = [];
  #settle = new Map(); // key -> {resolve, reject}; an action from before a restart has none
  #loaded;
  #isSending = false;
  #isClosed = false;

  /** @param listener `done(action, result)`, `refused(action, error)` and `changed(length)` */
  constructor({ rest, storage, listener, newKey, random }) {
    this.#rest = rest;
    this.#storage = storage;
    this.#listener = listener;
    this.#newKey = newKey;
    this.#backoff = new Backoff(random);
  }

  /** Loads the actions from before a restart, and sends them. */
  open() {
    this.#loaded ??= this.#load();
    return this.#loaded;
  }

  get length() {
    return this.#actions.length;
  }

  /** Resolves with the response once the hub has executed the action; rejects when it refuses it. */
  async add(method, path, body) {
    await this.open();
    if (this.#actions.length >= ACTIONS_MAX) {
      throw new WaybillError({ code: 'too_large', message: `${ACTIONS_MAX} actions wait (expected: fewer)` });
    }
    const action = { key: this.#newKey(), method, path, body, at: new Date().toISOString() };
    this.#actions.push(action);
    const settled = new Promise((resolve, reject) => this.#settle.set(action.key, { resolve, reject }));
    await this.#save();
    this.#sendAll();
    return settled;
  }

  /** The hub can be reached again: what waits is sent now. */
  retry() {
    this.#backoff.wake();
    this.#sendAll();
  }

  close() {
    this.#isClosed = true;
    this.#backoff.wake();
  }

  async #load() {
    const saved = await this.#storage.load('outbox');
    if (Array.isArray(saved)) {
      this.#actions.unshift(...saved);
      this.#listener.changed(this.#actions.length);
      this.#sendAll();
    }
  }

  #save() {
    this.#listener.changed(this.#actions.length);
    return this.#storage.save('outbox', this.#actions);
  }

  async #sendAll() {
    if (this.#isSending) {
      return;
    }
    this.#isSending = true;
    while (this.#actions.length > 0 && !this.#isClosed) {
      const action = this.#actions[0];
      try {
        const result = await this.#rest.request(action.method, action.path, action.body, { idempotencyKey: action.key });
        this.#finish(action, (waiting) => waiting.resolve(result));
        this.#listener.done(action, result);
      } catch (error) {
        if (error.isTemporary || error.code === 'unauthenticated') {
          await this.#backoff.pause(error.retryAfterMs);
          continue;
        }
        this.#finish(action, (waiting) => waiting.reject(error));
        this.#listener.refused(action, error);
      }
    }
    this.#isSending = false;
  }

  #finish(action, settle) {
    this.#backoff.reset();
    this.#actions.shift();
    this.#save();
    const waiting = this.#settle.get(action.key);
    this.#settle.delete(action.key);
    if (waiting) {
      settle(waiting);
    }
  }
}
