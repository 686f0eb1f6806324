// A hub in development mode, and what anybody may ask of it over HTTP.
import assert from 'node:assert/strict';
import { Program } from './program.js';

export class Hub {
  #url;
  #program;

  constructor(url, program) {
    this.#url = url;
    this.#program = program;
  }

  /** Starts one that is stopped when test `t` ends. */
  static async start(t, ...options) {
    const [[url]] = await Program.hub(t, ...options).lines(/http:\/\/[\w.:]+/);
    return new Hub(url);
  }

  /** Starts one on a directory that is kept, on that port. */
  static async startOn(t, data, port) {
    const program = Program.hubOn(t, data, port);
    const [[url]] = await program.lines(/http:\/\/[\w.:]+/);
    return new Hub(url, program);
  }

  /** `kill -9` of one that was started on a directory. */
  kill() {
    return this.#program.stop('SIGKILL');
  }

  get url() {
    return this.#url;
  }

  /** A token for a user. */
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
    return text ? JSON.parse(text) : undefined;
  }
}
