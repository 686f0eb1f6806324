// The time machine in headless Chromium: on the dashboard of a hub, and of an incident file.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Hub } from '../../../../examples/test/hub.js';
import { Program } from '../../../../examples/test/program.js';
import { Drivers, place, townFile } from './fleet.js';
import { accessibilityFaults, openBrowser, openPage, photograph, press, text } from './page.js';

const [program, serve] = [JSON.parse(process.env.WAYBILL_SERVE).slice(0, -1), JSON.parse(process.env.WAYBILL_SERVE).at(-1)];
const PAGE = fileURLToPath(new URL('../../../../docs/time-machine.md', import.meta.url));
const SLIDER = '.replay-slider input';

/** An order that Kari has delivered, while Ola had another one. */
async function deliver(hub) {
  const admin = await hub.token('root', 'admin');
  const drivers = new Drivers(hub);
  await drivers.add('kari', 'ola');
  const orders = [];
  for (const [i, customerName] of ['Jane Doe', 'Mia Chen'].entries()) {
    orders.push((await hub.send('POST', '/api/v1/orders', admin, {
      storeId: 'acme-widgets', customerId: `c${i}`, customerName, pickupAddress: place(0.3, 0.4), deliveryAddress: place(0.6 + i * 0.2, 0.6),
      items: [{ product: 'sushi', name: 'Sushi box', quantity: 1 }],
    })).orderId);
  }
  for (const [i, orderId] of orders.entries()) {
    for (const status of ['accepted', 'ready_for_pickup']) {
      await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
    }
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, await hub.token(['kari', 'ola'][i], 'driver'), { status: 'assigned_to_driver' });
    await drivers.report(i, 0.3 + i * 0.2, 0.4, { heading: 60 });
  }
  const kari = await hub.token('kari', 'driver');
  for (const [i, status] of ['picked_up', 'in_transit', 'delivered'].entries()) {
    await hub.send('PATCH', `/api/v1/orders/${orders[0]}/status`, kari, { status });
    await drivers.report(0, 0.32 + i * 0.02, 0.42, { heading: 60 });
  }
  return { admin, orderId: orders[0] };
}

/** Just after the order came into a status, in milliseconds. */
async function timeOf(hub, { admin, orderId }, status) {
  const { events } = await hub.send('GET', `/api/v1/orders/${orderId}/events`, admin);
  return Date.parse(events.find((event) => event.status === status).receivedAt) + 6;
}

/** Moves the slider to a time, as a drag does. */
async function slideTo(page, fromMs, atMs) {
  await page.$eval(SLIDER, (slider, value) => {
    slider.value = value;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
  }, atMs - fromMs);
}

async function faultless(page) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    assert.deepEqual(await accessibilityFaults(page), [], scheme);
  }
  await page.emulateMediaFeatures([]);
  assert.deepEqual(page.faults, []);
}

test('the slider of the dashboard shows an order as it was, and an incident file shows it elsewhere', async (t) => {
  const data = mkdtempSync(join(tmpdir(), 'waybill-replay-'));
  const started = new Program(t, [...program, serve, '--port', '0', '--data', data, '--basemap', townFile()]);
  const [[url]] = await started.lines(/http:\/\/[\w.:]+/);
  const hub = new Hub(url);
  const delivered = await deliver(hub);
  const browser = await openBrowser(t);
  const page = await openPage(browser);
  await page.goto(`${hub.url}/dashboard`);
  await press(page, 'Administrator');
  await page.waitForSelector('.board');
  await page.click('[href="?page=replay"]');
  await text(page, '.replay-clock', String(new Date().getFullYear()));
  await page.goto(`${hub.url}/dashboard?page=replay&order=${delivered.orderId}`);
  const row = `.replay-orders [data-order="${delivered.orderId}"]`;
  await text(page, row, 'Pending');
  const from = (await timeOf(hub, delivered, 'pending')) - 6;
  await slideTo(page, from, await timeOf(hub, delivered, 'in_transit'));
  await text(page, row, 'In transit');
  await text(page, row, 'kari');
  await page.focus(SLIDER);
  await page.keyboard.press('Home');
  await text(page, row, 'Pending');
  await page.keyboard.press('End');
  await text(page, '.replay-orders', 'No order is active');
  await slideTo(page, from, await timeOf(hub, delivered, 'assigned_to_driver'));
  await text(page, row, 'Assigned to driver');
  await page.keyboard.press('3');
  await text(page, '.speeds [aria-pressed=true]', '×60');
  await page.keyboard.press('Space');
  await text(page, '[aria-label^=Ended] .row', 'Delivered');
  await text(page, '.play', 'Play'); // it has ended
  await slideTo(page, from, await timeOf(hub, delivered, 'in_transit'));
  await text(page, row, 'In transit');
  await page.waitForSelector('.map-canvas[data-ready]');
  await faultless(page);
  await photograph(page, 'replay');
  await page.type('[name=order]', 'x');
  await press(page, 'Show');
  await text(page, '[role=alert]', 'expected: a UUID');

  const file = join(data, 'incident.zip');
  const exported = await new Program(t, [...program, 'incident', 'export', '--data', data, '--order', delivered.orderId, file]).output();
  assert.match(exported, /^exported order .*, 1 orders/);
  await documentedExample(t, hub, delivered);
  await started.stop();
  const served = new Program(t, [...program, 'incident', 'replay', file, '--port', '0', '--basemap', townFile()]);
  const [[address]] = await served.lines(/http:\/\/\S+/);
  const other = await openPage(browser);
  await other.goto(address);
  await text(other, row, 'Pending');
  assert.equal(new URL(other.url()).hash, '');
  await press(other, 'Play');
  await text(other, '[aria-label^=Ended] .row', 'Delivered');
  await faultless(other);
  await photograph(other, 'incident');
  for (const path of ['/api/v1/orders', '/dashboard', '/metrics']) {
    assert.equal((await fetch(new URL(path, address))).status, 404, path);
  }
});

/** Runs the example of the manual. */
async function documentedExample(t, hub, { admin, orderId }) {
  const [, example] = readFileSync(PAGE, 'utf8').match(/```js\n(.*?)```/s);
  const script = fileURLToPath(new URL('./replay-example.mjs', import.meta.url));
  writeFileSync(script, `const [url, token, orderId] = process.argv.slice(2);\n${example}`);
  try {
    const printed = await new Program(t, [process.execPath, script, hub.url, admin, orderId]).output();
    assert.match(printed, /replaying \S+Z to \S+Z/);
    assert.match(printed, /Z \S+ delivered/);
    assert.match(printed, /Z kari 59\.\d+ 10\.\d+/);
  } finally {
    rmSync(script);
  }
}
