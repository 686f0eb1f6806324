// How long to wait before the next attempt.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Doubling delays with jitter, so that clients which lost one hub do not return at one moment. */
export class Backoff {
  #attempt = 0;
  #random;
  #wake = () => {};

  constructor(random = Math.random) {
    this.#random = random;
  }

  reset() {
    this.#attempt = 0;
  }

  /** @param atLeastMs what the hub asked for, if it did */
  nextMs(atLeastMs = 0) {
    const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** this.#attempt++);
    return atLeastMs + Math.round(longest * (0.5 + this.#random() / 2));
  }

  /** Resolves after the next delay, or when `wake` is called. */
  pause(atLeastMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.nextMs(atLeastMs));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  wake() {
    this.#wake();
  }
}
