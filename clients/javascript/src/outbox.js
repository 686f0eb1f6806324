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
  #files;
  #unsavedFiles = new Map(); // key -> file that is in memory alone
  #listener;
  #backoff;
  #newKey;
  #actions = [];
  #settle = new Map(); // key -> {resolve, reject}; an action from before a restart has none
  #loaded;
  #isSending = false;
  #isClosed = false;

  /** @param files where files survive a restart, with `put`, `get` and `delete`; memory if absent
   *  @param listener `done(action, result)`, `refused(action, error)`, `changed(length)`, `fileNotSaved(failure)` */
  constructor({ rest, storage, files, listener, newKey, random }) {
    this.#rest = rest;
    this.#storage = storage;
    this.#files = files;
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
    if (typeof Blob !== 'undefined' && body instanceof Blob) {
      action.body = undefined;
      action.isFile = true;
      this.#unsavedFiles.set(action.key, body);
    }
    this.#actions.push(action);
    const settled = new Promise((resolve, reject) => this.#settle.set(action.key, { resolve, reject }));
    if (action.isFile) {
      await this.#saveFile(action.key);
    }
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
        const result = await this.#rest.request(action.method, action.path, await this.#bodyOf(action), { idempotencyKey: action.key });
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

  /** A file that cannot be stored is sent from memory, as long as the page is open. */
  async #saveFile(key) {
    try {
      await this.#files?.put(key, this.#unsavedFiles.get(key));
      if (this.#files) {
        this.#unsavedFiles.delete(key);
      }
    } catch (failure) {
      this.#listener.fileNotSaved(failure);
    }
  }

  async #bodyOf(action) {
    if (!action.isFile) {
      return action.body;
    }
    const file = this.#unsavedFiles.get(action.key) ?? await this.#files?.get(action.key);
    if (!file) {
      throw new WaybillError({ code: 'not_found', message: `${action.path}: the file of this action is no longer on this device` });
    }
    return file;
  }

  #finish(action, settle) {
    this.#backoff.reset();
    this.#actions.shift();
    this.#save();
    if (action.isFile) {
      this.#unsavedFiles.delete(action.key);
      this.#files?.delete(action.key);
    }
    const waiting = this.#settle.get(action.key);
    this.#settle.delete(action.key);
    if (waiting) {
      settle(waiting);
    }
  }
}
