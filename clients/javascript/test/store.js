// Stores whose clients count what they are told, and the orders that they should be told of.
import assert from 'node:assert/strict';
import { connect } from '../src/waybill.js';
import { next } from './hub.js';

/** A store's client that counts the orders it is told of. */
class Store {
  placed = [];
  seen = new Map();
  gaps = 0;
  #hub;
  #token;
  #waiting;

  constructor(t, hub, name) {
    this.name = name;
    this.#hub = hub;
    this.client = connect(hub.url, { token: () => hub.token(name, 'merchant', { store: name }) });
    this.client.on('order:new', ({ orderId }) => this.#count(orderId));
    this.client.on('gap', () => this.gaps++);
    t.after(() => this.client.close());
  }

  async connected() {
    await next(this.client, 'connected');
    this.#token = await this.#hub.token(this.name, 'merchant', { store: this.name });
  }

  /** Places an order at the hub itself, whatever the network of the client does. */
  async place() {
    const { orderId } = await this.#hub.send('POST', '/api/v1/orders', this.#token, {
      storeId: this.name, items: [{ product: 'sushi', quantity: 1 }], deliveryAddress: '12 Lake Road',
    });
    this.placed.push(orderId);
  }

  #count(orderId) {
    this.seen.set(orderId, (this.seen.get(orderId) ?? 0) + 1);
    this.#waiting?.();
  }

  /** Resolves once it has been told of all orders. */
  hasAll() {
    return new Promise((resolve) => {
      this.#waiting = () => this.placed.every((id) => this.seen.has(id)) && resolve();
      this.#waiting();
    });
  }
}

/** So many stores that are connected. */
export async function connectStores(t, hub, count) {
  const stores = Array.from({ length: count }, (_, i) => new Store(t, hub, `store-${i}`));
  await Promise.all(stores.map((store) => store.connected()));
  return stores;
}

/** No event was lost, and none was seen twice. */
export function judge(stores) {
  for (const { name, placed, seen, gaps } of stores) {
    assert.equal(gaps, 0, name);
    assert.deepEqual([...seen.keys()].sort(), placed.sort(), name);
    assert.deepEqual([...seen.values()].filter((times) => times !== 1), [], name);
  }
}
