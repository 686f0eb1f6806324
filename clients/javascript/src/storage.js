// Where a client keeps what must survive a restart of the page or the app.

/**
 * A key-value store as JSON, over `localStorage`, React Native's `AsyncStorage`, or any object with `getItem` and `setItem`
 * that return values or promises. Without one it is memory, and lasts as long as the page.
 *
 * Writes of one key follow each other, and of those that wait only the newest is written. A store that fails or is full is
 * reported once and then ignored: the client goes on in memory.
 */
export class Storage {
  #items;
  #prefix;
  #onFailure;
  #memory = new Map();
  #pending = new Map(); // key -> newest value, while a write of that key is under way
  #writes = new Map(); // key -> promise

  constructor(items, prefix, onFailure) {
    this.#items = items;
    this.#prefix = prefix;
    this.#onFailure = onFailure;
  }

  async load(key) {
    if (!this.#items) {
      return this.#memory.get(key);
    }
    try {
      const text = await this.#items.getItem(this.#prefix + key);
      return text == null ? undefined : JSON.parse(text);
    } catch (failure) {
      this.#fail(failure);
      return undefined;
    }
  }

  /** Saves the value as it is when it is written. */
  save(key, value) {
    this.#memory.set(key, value);
    if (!this.#items) {
      return Promise.resolve();
    }
    this.#pending.set(key, value);
    if (!this.#writes.has(key)) {
      this.#writes.set(key, this.#write(key));
    }
    return this.#writes.get(key);
  }

  /** Resolves when everything that was saved is written. */
  async flush() {
    await Promise.all(this.#writes.values());
  }

  async #write(key) {
    try {
      while (this.#items && this.#pending.has(key)) {
        const text = JSON.stringify(this.#pending.get(key));
        this.#pending.delete(key);
        await this.#items.setItem(this.#prefix + key, text);
      }
    } catch (failure) {
      this.#fail(failure);
    } finally {
      this.#writes.delete(key);
    }
  }

  #fail(failure) {
    if (this.#items) {
      this.#items = undefined;
      this.#onFailure(failure);
    }
  }
}
