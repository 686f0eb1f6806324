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

/** Fits the map to everything, at once. */
async function fit(page) {
  await page.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await page.keyboard.press('z');
  await page.emulateMediaFeatures([]);
}

/** How many pixels around a point are dark, light and red. */
async function inks(page, { x, y }, radius) {
  const image = await page.screenshot({ clip: { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }, encoding: 'base64' });
  return page.evaluate(async (source) => {
    const picture = Object.assign(new Image(), { src: `data:image/png;base64,${source}` });
    await picture.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: picture.width, height: picture.height });
    const context = canvas.getContext('2d');
    context.drawImage(picture, 0, 0);
    const { data } = context.getImageData(0, 0, picture.width, picture.height);
    const count = { dark: 0, light: 0, red: 0 };
    for (let i = 0; i < data.length; i += 4) {
      const [r, g, b] = data.slice(i, i + 3);
      count.dark += r < 90 && g < 90 && b < 100 ? 1 : 0;
      count.light += r > 250 && g > 250 && b > 250 ? 1 : 0;
      count.red += r > 150 && g < 90 && b < 90 ? 1 : 0;
    }
    return count;
  }, image);
}

/** Looks at a point until it is drawn as expected. */
async function drawn(page, at, radius, isExpected) {
  let seen;
  for (let i = 0; i < 200; i++) {
    seen = await inks(page, at, radius);
    if (isExpected(seen)) {
      return;
    }
  }
  assert.fail(`${isExpected}: ${JSON.stringify(seen)}`);
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
  await fit(page);
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

test('a driver is filled while its position is fresh, an outline when it is stale, and a red ring when it is lost', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile(), '--signal-stale-after', '4', '--signal-lost-after', '10');
  const admin = await hub.token('root', 'admin');
  const drivers = new Drivers(hub);
  await drivers.add('west', 'east', 'kari');
  const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', pickupAddress: place(0.6, 0.5), deliveryAddress: place(0.8, 0.5), items: [{ product: 'sushi', quantity: 1 }],
  });
  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
  await hub.send('POST', `/api/v1/orders/${orderId}/assign`, admin, { driverId: 'kari' });
  await drivers.report(0, 0, 0.5);
  await drivers.report(1, 1, 0.5);
  await drivers.report(2, 0.25, 0.5, { heading: 90 });
  const page = await openMap(await openBrowser(t), hub);
  await text(page, '[data-driver=kari]', 'with an order');
  await fit(page);
  const at = await pointAt(page, 0.25);
  await drivers.report(2, 0.25, 0.5, { heading: 90 });
  await drawn(page, at, 2, ({ dark }) => dark === 16);
  await text(page, '[data-driver=kari]', 'stale');
  await drawn(page, at, 2, ({ light }) => light > 8);
  assert.equal((await inks(page, at, 14)).red, 0);
  await text(page, '[data-driver=kari]', 'lost');
  await drawn(page, at, 14, ({ red }) => red > 10);
  await drawn(page, at, 2, ({ light }) => light === 16);
  assert.deepEqual(page.faults, []);
});

test('Space keeps a driver in the middle until something else is selected; its menu is on the map and in the list', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile(), '--speed-max', '5000');
  const drivers = new Drivers(hub);
  await drivers.add('west', 'east', 'kari');
  await drivers.report(0, 0, 0.5);
  await drivers.report(1, 1, 0.5);
  await drivers.report(2, 0.25, 0.5);
  const page = await openMap(await openBrowser(t), hub);
  await page.waitForSelector('[data-driver=kari]');
  await fit(page);
  await clickUntil(page, await pointAt(page, 0.25), '?driver=kari');
  await page.keyboard.press('Space');
  await text(page, '.toast', 'Following the driver');
  await drivers.report(2, 0.7, 0.5);
  const box = await (await page.$('.map-canvas')).boundingBox();
  const middle = { x: box.x + (box.width - 430) / 2, y: box.y + (box.height + 20) / 2 };
  for (let i = 0; i < 200 && !(await page.$('[role=menu][aria-label=kari]')); i++) {
    await page.mouse.click(middle.x, middle.y, { button: 'right' });
  }
  assert.deepEqual(await accessibilityFaults(page), []);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Space');
  await text(page, '.toast', 'No longer following');
  await (await page.$('[data-driver=east]')).click({ button: 'right' });
  await press(page, 'Follow east');
  await text(page, '.toast', 'Following the driver');
  assert.equal(await page.evaluate(() => location.search), '?driver=east');
  await page.keyboard.press('Space');
  await text(page, '.toast', 'No longer following');
  await press(page, 'Follow on the map');
  await text(page, '.toast', 'Following the driver');
  await page.click('.panel .close');
  await page.waitForFunction(() => location.search === '' && !document.querySelector('.panel'));
  await page.click('.rail-help');
  await text(page, 'dialog[open] h2', 'Keys and gestures');
  assert.deepEqual(await accessibilityFaults(page), []);
  assert.deepEqual(page.faults, []);
});

test('a map without drivers and orders shows the town', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const page = await openMap(await openBrowser(t), hub);
  await page.waitForFunction(() => /^\d+\sm$/.test(document.querySelector('.maplibregl-ctrl-scale').textContent)); // not of the world
  assert.deepEqual(page.faults, []);
});

test('an address with the role after its # signs in, and forgets it', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const page = await openPage(await openBrowser(t));
  await page.goto(`${hub.url}/#admin`);
  await page.waitForSelector('.map-canvas[data-ready]');
  await text(page, '.user', 'root, admin');
  assert.equal(await page.evaluate(() => location.hash), '');
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
