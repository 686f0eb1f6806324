// Half a minute without a network, while events go on.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setInterval } from 'node:timers/promises';
import { Hub } from './hub.js';
import { generator } from './random.js';
import { connectStores, judge } from './store.js';

const CUT_MS = 30_000;
const PLACE_EVERY_MS = 1_000;
const CLIENTS = 10;

test('a network that is cut for 30 s loses no event, and repeats none', { timeout: 180_000 }, async (t) => {
  const hub = await Hub.start(t);
  const stores = await connectStores(t, hub, CLIENTS);
  const placeOne = () => Promise.all(stores.map((store) => store.place()));
  await placeOne();
  const seenBefore = stores.map(({ seen }) => seen.size);
  const offline = stores.map(({ client }) => new Promise((resolve) => client.on('state', ({ name }) => name === 'connecting' && resolve())));
  const placing = placeOne(); // in the middle of what is being sent
  hub.silence(generator(1));
  const startMs = performance.now();
  const atMs = () => performance.now() - startMs;
  await placing;
  for await (const _ of setInterval(PLACE_EVERY_MS)) {
    if (atMs() >= CUT_MS) {
      break;
    }
    await placeOne();
  }
  const cutMs = atMs();
  for (const [i, { name, seen, placed }] of stores.entries()) {
    assert.ok(seen.size <= seenBefore[i] + 2, `${name} was told of ${seen.size} of ${placed.length} orders while the network was cut`);
  }
  hub.restore();
  await placeOne();
  await Promise.all([...offline, ...stores.map((store) => store.hasAll())]);
  t.diagnostic(`cut for ${Math.round(cutMs)} ms; after ${Math.round(atMs() - cutMs)} ms more the clients had all ${stores[0].placed.length} orders`);
  judge(stores);
});
