/**
 * A request that failed. `code` is one of the hub's (`unauthenticated`, `forbidden`, `not_found`, `invalid`, `conflict`,
 * `rate_limited`, `too_large`, `unavailable`), or `offline` when the hub did not answer.
 */
export class WaybillError extends Error {
  constructor({ code, message, detail, title, field, retryAfterMs }, status) {
    super(message ?? detail ?? title ?? code);
    this.name = 'WaybillError';
    this.code = code;
    this.field = field;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }

  /** Whether the same request may succeed later. */
  get isTemporary() {
    return this.code === 'offline' || this.code === 'unavailable' || this.code === 'rate_limited';
  }
}
