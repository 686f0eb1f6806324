// Which events of the log this client has had.

/** How many of the newest ids are remembered, each with the names of its events. */
const IDS_MAX = 2_000;

/**
 * Tells new events from repeated ones. The hub sends events in the order of their ids, at least once; several events may
 * share an id, so that a repeat is known by name and id together.
 */
export class EventCursor {
  #names = new Map(); // id -> names, in the order of arrival
  #floor = 0; // events up to this id have all been had
  #newest = 0;

  /** @param saved what `toJSON` of an earlier cursor returned */
  constructor(saved) {
    if (Number.isSafeInteger(saved?.newest) && Array.isArray(saved.names)) {
      this.#newest = saved.newest;
      this.#floor = saved.newest - 1;
      this.#names.set(saved.newest, new Set(saved.names));
    }
  }

  /** The id that the hub is to send everything after, undefined before the first event. Of two events with one id the
   *  client may have had only one when it was cut off, so that the newest id is asked for again. */
  get since() {
    return this.#newest > 0 ? this.#newest - 1 : undefined;
  }

  /** Whether this event is new. It counts as had from here on. */
  accept(name, id) {
    if (id <= this.#floor) {
      return false;
    }
    const names = this.#names.get(id);
    if (names?.has(name)) {
      return false;
    }
    if (names) {
      names.add(name);
    } else {
      this.#names.set(id, new Set([name]));
      this.#newest = Math.max(this.#newest, id);
      this.#evict();
    }
    return true;
  }

  toJSON() {
    return { newest: this.#newest, names: [...(this.#names.get(this.#newest) ?? [])] };
  }

  #evict() {
    if (this.#names.size > IDS_MAX) {
      const [oldest] = this.#names.keys();
      this.#names.delete(oldest);
      this.#floor = Math.max(this.#floor, Math.min(oldest, this.#newest - 1));
    }
  }
}
