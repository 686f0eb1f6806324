import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { Program } from '../../test/program.js';

async function urlOf(hub) {
  const [[url]] = await hub.lines(/http:\/\/[\w.:]+/);
  return url;
}

const SECRET = 'thirty-two bytes that only tests know';

/** A token signed with the secret. */
function token(claims) {
  const parts = [{ alg: 'HS256' }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signature = createHmac('sha256', SECRET).update(parts.join('.')).digest('base64url');
  return [...parts, signature].join('.');
}

function securedHub(t) {
  const file = join(mkdtempSync(join(tmpdir(), 'waybill-example-')), 'secret');
  writeFileSync(file, SECRET);
  return Program.hub(t, '--jwt-secret-file', file);
}

describe('stores and drivers in plain JavaScript', { concurrency: true }, () => {
  test('a phase 2 store and driver deliver to each other on a hub that was told nothing about them', async (t) => {
    const HUB = await urlOf(Program.hub(t));
    const driver = Program.node(t, 'phase2/driver.js', { HUB });
    const vendor = Program.node(t, 'phase2/vendor.js', { HUB, ORDERS: '3' });
    const picked = await driver.lines(/^picking up ([0-9a-f-]{36})$/, 3);
    const thanked = await vendor.lines(/^thank you for delivering (\S+)$/, 3);
    assert.deepEqual(thanked.map((line) => line[1]).sort(), picked.map((line) => line[1]).sort());
  });

  test('a phase 3 driver serves two stores, and each hears of its own parcels only', async (t) => {
    const HUB = await urlOf(Program.hub(t));
    const acme = Program.node(t, 'phase3/vendor.js', { HUB, STORE_ID: 'acme-widgets', ORDERS: '2' });
    const flowers = Program.node(t, 'phase3/vendor.js', { HUB, STORE_ID: '1-800-flowers', ORDERS: '2' });
    const driver = Program.node(t, 'phase3/driver.js', { HUB });
    await driver.lines(/^DRIVER: picked up \S+\.$/, 4);
    await driver.lines(/^DRIVER: delivered \S+\.$/, 4);
    for (const [vendor, store] of [[acme, 'acme-widgets'], [flowers, '1-800-flowers']]) {
      await vendor.lines(/^Thank you for your order Jamal Braun\.$/, 2);
      const confirmed = await vendor.lines(/^order \S+ is delivered: (.*)$/, 2);
      assert.deepEqual(confirmed.map((line) => JSON.parse(line[1]).store), [store, store]);
    }
  });

  test('a store that was away is told of its deliveries when it is back, and once', async (t) => {
    const HUB = await urlOf(Program.hub(t));
    const before = Program.node(t, 'phase3/vendor.js', { HUB, ORDERS: '2' });
    const driver = Program.node(t, 'phase3/driver.js', { HUB });
    await driver.lines(/^DRIVER: picked up/, 2);
    await before.stop();
    await driver.lines(/^DRIVER: delivered/, 2);
    const after = Program.node(t, 'phase3/vendor.js', { HUB, ORDERS: '0' });
    const ids = (await after.lines(/^order (\S+) is delivered/, 2)).map((line) => line[1]);
    assert.equal(new Set(ids).size, 2);
  });

  test('a hub that asks who they are is shown their tokens, and rejects all others', async (t) => {
    const HUB = await urlOf(securedHub(t));
    const kari = token({ sub: 'kari', role: 'driver' });
    const ann = token({ sub: 'ann', role: 'merchant', store: '1-206-flowers' });
    const driver = Program.node(t, 'phase3/driver.js', { HUB, WAYBILL_TOKEN: kari });
    const vendor = Program.node(t, 'phase3/vendor.js', { HUB, WAYBILL_TOKEN: ann, ORDERS: '1' });
    const stranger = Program.node(t, 'phase2/driver.js', { HUB, WAYBILL_TOKEN: '' });
    assert.match(await stranger.output(), /^the hub does not let us in: token: missing .*\nput a token/);
    await driver.lines(/^DRIVER: delivered \S+\.$/);
    await vendor.lines(/^Thank you for your order Jamal Braun\.$/);
  });
});
