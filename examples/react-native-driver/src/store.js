import { useSyncExternalStore } from 'react';

/** A value that components show, and that changes outside of them. */
export class Store {
  #value;
  #listeners = new Set();

  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set(value) {
    this.#value = value;
    this.#listeners.forEach((listener) => listener());
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };
}

export function useStore(store) {
  return useSyncExternalStore(store.subscribe, () => store.value);
}
