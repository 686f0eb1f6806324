// Requests to the hub's REST API.
import { WaybillError } from './error.js';
import { timeoutSignal } from './runtime.js';

const TIMEOUT_MS = 15_000;

/** A file may take longer. */
const FILE_TIMEOUT_MS = 120_000;

/** Requests that carry the user's token, and once more with a new one when the hub no longer accepts it. */
export class Rest {
  #fetch;
  #url;
  #token;

  constructor({ fetch, url, token }) {
    this.#fetch = fetch;
    this.#url = url;
    this.#token = token;
  }

  /**
   * Resolves with the body of the response. Rejects with a `WaybillError`: its `code` is the hub's, or `offline` when
   * there was no response.
   *
   * @param path below `/api/v1`
   * @param body a value that is sent as JSON, or a `Blob` that is sent as it is
   */
  async request(method, path, body, { idempotencyKey } = {}) {
    const response = await this.#send(method, path, body, idempotencyKey, {});
    return response.status === 401
      ? this.#read(await this.#send(method, path, body, idempotencyKey, { isRejected: true }))
      : this.#read(response);
  }

  async #send(method, path, body, idempotencyKey, reason) {
    const headers = { accept: 'application/json' };
    const token = await this.#token(reason);
    if (token) {
      headers.authorization = `Bearer ${token}`;
    }
    const isFile = typeof Blob !== 'undefined' && body instanceof Blob;
    if (body !== undefined) {
      headers['content-type'] = isFile ? body.type : 'application/json';
    }
    if (idempotencyKey) {
      headers['idempotency-key'] = idempotencyKey;
    }
    try {
      return await this.#fetch(`${this.#url}/api/v1${path}`, {
        method,
        headers,
        body: body === undefined || isFile ? body : JSON.stringify(body),
        signal: timeoutSignal(isFile ? FILE_TIMEOUT_MS : TIMEOUT_MS),
      });
    } catch (failure) {
      throw new WaybillError({ code: 'offline', message: `${method} ${path}: ${failure.message}` });
    }
  }

  async #read(response) {
    let body;
    try {
      body = await response.json();
    } catch (failure) {
      if (response.ok && response.status === 204) {
        return undefined;
      }
      throw new WaybillError({ code: 'offline', message: `an unreadable response: ${failure.message}` });
    }
    if (!response.ok) {
      throw new WaybillError({ code: 'unavailable', ...body }, response.status);
    }
    return body;
  }
}
