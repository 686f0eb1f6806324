// The map of the dashboard in headless Chromium, on a hub with a town.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { Drivers, place, townFile } from './fleet.js';
import { accessibilityFaults, openBrowser, openPage, photograph, press, text } from './page.js';

const EDGES = { top: 70, bottom: 50, side: 50 };

/** The page of an administrator once it shows the map. */
async function openMap(browser, hub) {
  const page = await openPage(browser);
  await page.goto(`${hub.url}/dashboard`);
  await press(page, 'Administrator');
  await page.waitForSelector('.map-canvas[data-ready]');
  return page;
}

/** Where a part of the way between the westernmost and the easternmost driver is on the page. */
async function pointAt(page, part) {
  const box = await (await page.$('.map-canvas')).boundingBox();
  return {
    x: box.x + EDGES.side + part * (box.width - 2 * EDGES.side),
    y: box.y + EDGES.top + (box.height - EDGES.top - EDGES.bottom) / 2,
  };
}

const around = ({ x, y }) => ({ x: x - 8, y: y - 8, width: 16, height: 16 });

/** Clicks a point until that selects what is wanted. */
async function clickUntil(page, { x, y }, query) {
  do {
    await page.keyboard.press('Escape');
    await page.mouse.click(x, y);
    await page.evaluate(() => new Promise(requestAnimationFrame));
  } while (await page.evaluate(() => location.search) !== query);
}

function order(hub, admin, customerName, address) {
  return hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerName, deliveryAddress: address, pickupAddress: place(0.5, 0.55, '1 Mill Lane'),
    items: [{ product: 'sushi', quantity: 1 }],
  });
}

test('a driver who moves is seen at its place, and a click there selects it', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const drivers = new Drivers(hub);
  await drivers.add('west', 'east', 'kari');
  await drivers.report(0, 0, 0.5);
  await drivers.report(1, 1, 0.5);
  await drivers.report(2, 0.25, 0.5, { heading: 90 });
  const page = await openMap(await openBrowser(t), hub);
  await page.waitForSelector('[data-driver=kari]');
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]); // so that the map is there at once
  await page.keyboard.press('z');
  await page.emulateMediaFeatures([]);
  await clickUntil(page, await pointAt(page, 0.25), '?driver=kari');
  await text(page, '[data-driver][aria-pressed=true]', 'kari');
  await text(page, '.panel', 'free');
  await page.keyboard.press('Escape');
  const next = await pointAt(page, 0.4);
  const before = await page.screenshot({ clip: around(next) });
  await drivers.report(2, 0.4, 0.5, { heading: 90 });
  await clickUntil(page, next, '?driver=kari');
  await clickUntil(page, await pointAt(page, 0.25), '');
  assert.notDeepEqual(await page.screenshot({ clip: around(next) }), before);
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    assert.deepEqual(await accessibilityFaults(page), [], scheme);
  }
  await photograph(page, 'map');
  assert.deepEqual(page.faults, []);
});

test('an order is dragged onto a driver, whose delay is shown before, and is taken back; a line around orders chooses them', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const admin = await hub.token('root', 'admin');
  const drivers = new Drivers(hub);
  await drivers.add('kari');
  await drivers.report(0, 0.5, 0.5);
  const placed = [];
  for (const [i, customerName] of ['Jane Doe', 'Mia Chen'].entries()) {
    const { orderId } = await order(hub, admin, customerName, place(0.4 + 0.2 * i, 0.6));
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
    placed.push(orderId);
  }
  const page = await openMap(await openBrowser(t), hub);
  const row = await page.waitForSelector(`.unassigned [data-order="${placed[0]}"]`);
  await (await page.waitForSelector('[data-driver=kari]')).scrollIntoView();
  const from = await row.boundingBox();
  const to = await (await page.$('[data-driver=kari]')).boundingBox();
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(to.x + 40, to.y + 10, { steps: 4 });
  await text(page, '.ghost', 'at the store');
  await page.mouse.up();
  await text(page, `.moving [data-order="${placed[0]}"]`, 'kari');
  await press(page, 'Undo');
  await page.waitForSelector(`.unassigned [data-order="${placed[0]}"]`);
  const map = await (await page.$('.map-canvas')).boundingBox();
  const corners = [[0.02, 0.15], [0.98, 0.15], [0.98, 0.85], [0.02, 0.85]].map(([x, y]) => [map.x + x * map.width, map.y + y * map.height]);
  await page.keyboard.down('Shift');
  await page.mouse.move(...corners[0]);
  await page.mouse.down();
  for (const corner of corners.slice(1)) {
    await page.mouse.move(...corner, { steps: 2 });
  }
  await page.mouse.up();
  await page.keyboard.up('Shift');
  await text(page, '.picked-bar', '2 chosen');
  assert.deepEqual(page.faults, []);
});

test('without WebGL the page says so, and the rest of it works', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const { orderId } = await order(hub, admin, 'Jane Doe', place(0.4, 0.6));
  const page = await openPage(await openBrowser(t, { isDrawing: false }));
  await page.goto(`${hub.url}/dashboard`);
  await press(page, 'Administrator');
  await text(page, '.no-map', 'WebGL 2 is off');
  await page.waitForSelector(`[data-order="${orderId}"]`);
  await page.keyboard.press('j');
  await text(page, '.panel', 'Jane Doe');
  assert.deepEqual(page.faults, []);
});
