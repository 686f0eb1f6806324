// What runtimes lack that are no browser of today: React Native, and pages without TLS, have no `crypto.randomUUID`;
// React Native has no `AbortSignal.timeout` either.

/** A key that no other action has. */
export function newKey() {
  return globalThis.crypto?.randomUUID?.() ?? `${Date.now().toString(36)}-${randomText()}${randomText()}`;
}

/** Aborts a request after that time. */
export function timeoutSignal(ms) {
  if (AbortSignal.timeout) {
    return AbortSignal.timeout(ms);
  }
  const controller = new AbortController();
  setTimeout(() => controller.abort(), ms);
  return controller.signal;
}

function randomText() {
  return Math.random().toString(36).slice(2);
}
