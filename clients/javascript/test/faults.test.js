// No event is lost and none is seen twice, whatever the network and the hub do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect } from '../src/waybill.js';
import { Hub, next } from './hub.js';

/** Rounds in which every client is cut off once: 25 clients and 40 rounds are 1,000 runs. */
const ROUNDS = Number(process.env.ROUNDS ?? 4);
const CLIENTS = 25;
const ORDERS = 3;

/** A generator of the same numbers for the same seed (mulberry32). */
function generator(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A store's client that counts the orders it is told of. */
class Store {
  seen = new Map();
  gaps = 0;
  #waiting;

  constructor(t, hub, name) {
    this.name = name;
    this.client = connect(hub.url, { token: () => hub.token(name, 'merchant', { store: name }) });
    this.client.on('order:new', ({ orderId }) => this.#count(orderId));
    this.client.on('gap', () => this.gaps++);
    t.after(() => this.client.close());
  }

  #count(orderId) {
    this.seen.set(orderId, (this.seen.get(orderId) ?? 0) + 1);
    this.#waiting?.();
  }

  /** Resolves once it has been told of all these. */
  has(orders) {
    return new Promise((resolve) => {
      this.#waiting = () => orders.every((id) => this.seen.has(id)) && resolve();
      this.#waiting();
    });
  }
}

test(`${ROUNDS * CLIENTS} times cut off, no event lost and none seen twice`, { timeout: 600_000 }, async (t) => {
  const seed = Number(process.env.SEED ?? 1);
  const random = generator(seed);
  t.diagnostic(`SEED=${seed}`);
  const hub = await Hub.start(t);
  const stores = Array.from({ length: CLIENTS }, (_, i) => new Store(t, hub, `store-${i}`));
  await Promise.all(stores.map((store) => next(store.client, 'connected')));
  for (const store of stores) {
    store.token = await hub.token(store.name, 'merchant', { store: store.name });
  }
  const placed = new Map(stores.map(({ name }) => [name, []]));
  const place = async ({ name, token }) => {
    const { orderId } = await hub.send('POST', '/api/v1/orders', token, {
      storeId: name, items: [{ product: 'sushi', quantity: 1 }], deliveryAddress: '12 Lake Road',
    });
    placed.get(name).push(orderId);
  };
  const placeSome = () => Promise.all(stores.flatMap((store) => Array.from({ length: ORDERS }, () => place(store))));
  for (let round = 0; round < ROUNDS; round++) {
    const before = placeSome();
    if (random() < 0.25) {
      await before;
      await hub.kill();
      await hub.restart();
    } else {
      hub.cut(random() < 0.5 ? 1 : 0.5, random); // in the middle of what is being sent
      await before;
    }
    await placeSome();
    hub.restore();
    await Promise.all(stores.map((store) => store.has(placed.get(store.name))));
  }
  for (const { name, seen, gaps } of stores) {
    assert.equal(gaps, 0, name);
    assert.deepEqual([...seen.keys()].sort(), placed.get(name).sort(), name);
    assert.deepEqual([...seen.values()].filter((times) => times !== 1), [], name);
  }
});
