// No event is lost and none is seen twice, whatever the network and the hub do.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from './hub.js';
import { generator } from './random.js';
import { connectStores, judge } from './store.js';

/** Rounds in which every client is cut off once: 25 clients and 40 rounds are 1,000 runs. */
const ROUNDS = Number(process.env.ROUNDS ?? 4);
const CLIENTS = 25;
const ORDERS = 3;

test(`${ROUNDS * CLIENTS} times cut off, no event lost and none seen twice`, { timeout: 600_000 }, async (t) => {
  const seed = Number(process.env.SEED ?? 1);
  const random = generator(seed);
  t.diagnostic(`SEED=${seed}`);
  const hub = await Hub.start(t);
  const stores = await connectStores(t, hub, CLIENTS);
  const placeSome = () => Promise.all(stores.flatMap((store) => Array.from({ length: ORDERS }, () => store.place())));
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
    await Promise.all(stores.map((store) => store.hasAll()));
  }
  judge(stores);
});
