// A hub in development mode, and what anybody may ask of it over HTTP.
import assert from 'node:assert/strict';
import { Program } from './program.js';

export class Hub {
  #url;

  constructor(url) {
    this.#url = url;
  }

  /** Starts one that is stopped when test `t` ends. */
  static async start(t, ...options) {
    const [[url]] = await Program.hub(t, ...options).lines(/http:\/\/[\w.:]+/);
    return new Hub(url);
  }

  get url() {
    return this.#url;
  }

  /** A token for whoever it is to be. */
  async token(userId, role, more = {}) {
    const { token } = await this.send('POST', '/api/v1/tokens', undefined, { userId, role, ...more });
    return token;
  }

  /** Sends a request that must succeed, and gives what is answered. */
  async send(method, path, token, body) {
    const response = await fetch(this.#url + path, {
      method,
      headers: { 'Content-Type': 'application/json', ...(token && { Authorization: `Bearer ${token}` }) },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
    return JSON.parse(text);
  }
}
