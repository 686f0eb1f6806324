// A hub in development mode behind a TCP proxy that the test cuts.
import net from 'node:net';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hub as RunningHub } from '../../../examples/test/hub.js';

/** The hub's own port stays the same over its restarts. */
export class Hub {
  #t;
  #data = mkdtempSync(join(tmpdir(), 'waybill-client-'));
  #port;
  #running;
  #proxy;
  #connections = new Set();
  #isCut = false;
  #isSilent = false;

  static async start(t) {
    const hub = new Hub(t);
    hub.#port = await freePort();
    await hub.#startProxy();
    await hub.restart();
    return hub;
  }

  constructor(t) {
    this.#t = t;
  }

  /** The hub's address through the proxy. */
  get url() {
    return `http://127.0.0.1:${this.#proxy.address().port}`;
  }

  /** Ends connections, all or a share of them, and accepts none until `restore`. */
  cut(share = 1, random = Math.random) {
    this.#isCut = true;
    for (const connection of this.#connections) {
      if (random() < share) {
        connection.destroy();
      }
    }
  }

  /** Ends about half of the connections; bytes of the others, and of those that come, are dropped until `restore`. */
  silence(random) {
    this.#isSilent = true;
    for (const connection of this.#connections) {
      connection.unpipe().resume();
      if (random() < 0.25) { // each has two ends
        connection.destroy();
      }
    }
  }

  /** Connections that miss bytes have no use any more. */
  restore() {
    if (this.#isSilent) {
      this.#isSilent = false;
      this.#connections.forEach((connection) => connection.destroy());
    }
    this.#isCut = false;
  }

  /** `kill -9`. */
  async kill() {
    await this.#running.kill();
  }

  async restart() {
    this.#running = await RunningHub.startOn(this.#t, this.#data, this.#port);
  }

  token(userId, role, more) {
    return this.#running.token(userId, role, more);
  }

  send(...request) {
    return this.#running.send(...request);
  }

  async #startProxy() {
    this.#proxy = net.createServer((client) => {
      if (this.#isCut) {
        client.destroy();
        return;
      }
      if (this.#isSilent) {
        this.#connections.add(client);
        client.on('error', () => {}).on('close', () => this.#connections.delete(client)).resume();
        return;
      }
      const hub = net.connect(this.#port, '127.0.0.1');
      for (const [one, other] of [[client, hub], [hub, client]]) {
        this.#connections.add(one);
        one.on('error', () => {}).on('close', () => {
          this.#connections.delete(one);
          other.destroy();
        });
        one.pipe(other);
      }
    });
    await new Promise((resolve) => this.#proxy.listen(0, '127.0.0.1', resolve));
    this.#t.after(() => {
      this.cut();
      this.#proxy.close();
    });
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Resolves with the first value of an event that passes. */
export function next(client, event, passes = () => true) {
  return new Promise((resolve) => {
    const off = client.on(event, (data) => {
      if (passes(data)) {
        off();
        resolve(data);
      }
    });
  });
}

/** Resolves once the order's view passes. */
export function until(view, passes) {
  return new Promise((resolve) => {
    const off = view.subscribe(look);
    function look(value) {
      if (passes(value)) {
        queueMicrotask(() => off());
        resolve(value);
      }
    }
    look(view.value);
  });
}

/** A storage as AsyncStorage is. */
export class AsyncStorage {
  items = new Map();

  async getItem(key) {
    return this.items.get(key) ?? null;
  }

  async setItem(key, value) {
    this.items.set(key, value);
  }
}
