// The panel of an order and the analytics of the dashboard in headless Chromium, on a hub of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { accessibilityFaults, openBrowser, openPage, photograph, press, text } from './page.js';

const STORE = { text: '1 Mill Lane', latitude: 59.925, longitude: 10.751 };
const HOME = { text: '12 Lake Road', latitude: 59.9262, longitude: 10.753 };

async function signedIn(browser, hub) {
  const page = await openPage(browser);
  await page.goto(`${hub.url}/dashboard`);
  await press(page, 'Administrator');
  await page.waitForSelector('.board');
  return page;
}

function place(hub, admin, more = {}) {
  return hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerId: 'jane', customerName: 'Jane Doe', pickupAddress: STORE, deliveryAddress: HOME,
    items: [{ product: 'sushi', name: 'Sushi box', quantity: 2 }], ...more,
  });
}

async function deliver(hub, admin, orderId) {
  const driver = await hub.token('ola', 'driver');
  for (const status of ['accepted', 'ready_for_pickup']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
  for (const status of ['assigned_to_driver', 'picked_up', 'in_transit', 'delivered']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, driver, { status });
  }
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

/** Opens a part of the panel. */
async function unfold(page, title) {
  await (await page.waitForSelector(`.fold[aria-label="${title}"] button`)).click();
  return `.fold[aria-label="${title}"]`;
}

/** Clicks with the right button, and waits for the menu. */
async function menuOf(page, selector) {
  await (await page.waitForSelector(selector)).click({ button: 'right' });
  await page.waitForSelector('[role=menu]');
}

test('the panel explains who was chosen, and shows proofs, links and receipts; a row has a menu', async (t) => {
  const hub = await Hub.start(t, '--offer-timeout', '2m', '--speed-max', '5000');
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  for (const [i, name] of ['ola', 'per', 'kari'].entries()) {
    const driver = await hub.token(name, 'driver');
    await hub.send('PATCH', '/api/v1/drivers/me/status', driver, { status: 'available' });
    await hub.send('POST', '/api/v1/drivers/me/location', driver, { latitude: 59.9 + 0.01 * i, longitude: 10.75 });
  }
  const kari = await hub.token('kari', 'driver');
  await hub.send('POST', '/api/v1/webhooks', admin, { url: 'https://hooks.invalid/waybill' });
  const { orderId, externalId } = await place(hub, admin, { proofRequired: ['scan', 'photo'] });
  for (const status of ['accepted', 'ready_for_pickup']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
  const page = await signedIn(browser, hub);
  await page.click(`[data-order="${orderId}"]`);
  await text(page, '.history', 'Offered');
  await hub.send('POST', `/api/v1/orders/${orderId}/accept-offer`, kari);
  await text(page, '.facts', 'kari');
  const dispatch = await unfold(page, 'Dispatch');
  await text(page, `${dispatch} .decision`, 'cheapest assignment');
  await text(page, `${dispatch} .costs .chosen`, 'kari');

  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, kari, { status: 'picked_up' });
  await hub.send('POST', `/api/v1/orders/${orderId}/proof`, kari, { kind: 'scan', code: externalId });
  const photo = await fetch(`${hub.url}/api/v1/orders/${orderId}/proof?kind=photo`, {
    method: 'POST', headers: { 'content-type': 'image/png', authorization: `Bearer ${kari}` }, body: await page.screenshot(),
  });
  assert.equal(photo.status, 201);
  const proof = await unfold(page, 'Proof of delivery');
  await text(page, proof, externalId);
  await page.waitForFunction((part) => document.querySelector(`${part} img.photo`)?.naturalWidth > 0, {}, proof);
  await text(page, `${proof} button`, 'Export');

  const links = await unfold(page, 'Tracking link');
  await press(page, 'Create a link');
  const url = await page.$eval(await page.waitForSelector(`${links} .link input`).then(() => `${links} .link input`), (input) => input.value);
  assert.equal((await fetch(url)).status, 200);
  await text(page, links, '1 active');
  await press(page, 'Revoke all');
  await text(page, links, 'All links are revoked');
  assert.notEqual((await fetch(url)).status, 200);

  const receipts = await unfold(page, 'Receipts');
  await text(page, `${receipts} li`, 'kari');
  await text(page, `${receipts} li`, 'https://hooks.invalid/waybill');
  await text(page, `${receipts} .open`, 'waiting');
  await faultless(page);
  await photograph(page, 'panel');
  await page.$eval('.side', (side) => side.scrollTo(0, 0));
  await photograph(page, 'panel-top');

  await menuOf(page, `[data-order="${orderId}"]`);
  await faultless(page);
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('[role=menu]'));
  const other = await place(hub, admin, { customerName: 'Mia Chen', pickupAddress: undefined });
  await hub.send('PATCH', `/api/v1/orders/${other.orderId}/status`, admin, { status: 'accepted' });
  await menuOf(page, `.unassigned [data-order="${other.orderId}"]`);
  await press(page, 'Assign a driver');
  await page.waitForSelector('.candidates');
  assert.equal(await page.evaluate(() => location.search), `?order=${other.orderId}`);
  await menuOf(page, `[data-order="${other.orderId}"]`);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await text(page, '.picked-bar', '1 chosen');
  assert.deepEqual(page.faults, []);
});

test('ctrl-click and shift-click choose orders, and Escape chooses none', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  for (const customerName of ['First', 'Second', 'Third', 'Fourth']) {
    const { orderId } = await place(hub, admin, { customerName });
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
  }
  const page = await signedIn(await openBrowser(t), hub);
  await page.waitForFunction(() => document.querySelectorAll('.unassigned .row').length === 4);
  const click = async (at, key) => {
    await page.keyboard.down(key);
    await (await page.$$('.unassigned .row'))[at].click();
    await page.keyboard.up(key);
  };
  await click(0, 'Control');
  await click(2, 'Control');
  await text(page, '.picked-bar', '2 chosen');
  await click(0, 'Control');
  await text(page, '.picked-bar', '1 chosen');
  await page.keyboard.press('Escape');
  await page.waitForFunction(() => !document.querySelector('.picked-bar'));
  await (await page.$$('.unassigned .row'))[1].click();
  await page.waitForSelector('.panel');
  await click(3, 'Shift');
  await text(page, '.picked-bar', '3 chosen');
  assert.equal(await page.$eval('.panel h1', (title) => title.textContent), 'Second');
  assert.deepEqual(page.faults, []);
});

test('the analytics show the day and the hour', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  for (const promisedAt of [new Date(Date.now() + 3_600_000).toISOString(), undefined]) {
    await deliver(hub, admin, (await place(hub, admin, { promisedAt })).orderId);
  }
  await place(hub, admin);
  const page = await signedIn(browser, hub);
  assert.equal(await page.evaluate(() => performance.getEntriesByType('resource').some(({ name }) => name.includes('uPlot'))), false);
  await page.evaluate(noteLabels);
  await page.click('[href="?page=analytics"]');
  await text(page, '.figures li', '3placed in 24 h');
  await text(page, '.figures li', '2delivered in 24 h');
  await text(page, '.figures li', '100 %of them on time');
  await page.waitForSelector('.chart canvas');
  assert.equal((await page.$$('.chart canvas')).length, 5);
  for (const table of await page.$$('.chart summary')) {
    await table.click();
  }
  await text(page, '[aria-label="Orders per hour, as a table"] td', '3');
  await text(page, '[aria-label="Connections, as a table"] td', '1');
  await text(page, '[aria-label="ETA error"]', 'No delivery has shown');
  await faultless(page);
  for (const table of await page.$$('.chart summary')) {
    await table.click();
  }
  await page.$eval('main', (main) => main.scrollTo(0, 0));
  await photograph(page, 'analytics');
  await page.evaluate(lastLabels);
  await page.setViewport({ width: 390, height: 844 });
  for (const when of ['while the page takes its new width', 'with the next figures']) {
    await page.waitForFunction(() => globalThis.labels.length > 10); // labels are drawn
    const { labels, minutes } = await page.evaluate(lastLabels);
    assert.deepEqual(labels.filter(({ left, right, width }) => left < 0 || right > width), [], `no label is cut off ${when}`);
    assert.deepEqual(labels.filter((label, i) => isTime(label) && label.text === labels[i + 1]?.text), [], `no time is beside itself ${when}`);
    const times = labels.filter((label) => isTime(label) && label.chart === 'Connections');
    assert.ok(times.length > 0, 'the samples have their times');
    assert.deepEqual(times.filter(({ text }) => !minutes.includes(text)), [], 'a chart is of the last minutes, also of one sample');
  }
  assert.deepEqual(page.faults, []);
});

/** Notes in `labels` what is written on charts, and where. Evaluated in the page. */
function noteLabels() {
  const { fillText } = CanvasRenderingContext2D.prototype;
  globalThis.labels = [];
  CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
    const { width } = this.measureText(text);
    const left = this.getTransform().e + ({ center: x - width / 2, right: x - width }[this.textAlign] ?? x);
    const chart = this.canvas.closest('.chart')?.getAttribute('aria-label');
    if (chart) {
      globalThis.labels.push({ chart, text, left, right: left + width, width: this.canvas.width });
    }
    return fillText.call(this, text, x, y);
  };
}

/** What was written since the last call, and the last minutes as charts name them. Evaluated in the page. */
function lastLabels() {
  const { labels } = globalThis;
  globalThis.labels = [];
  const minutes = Array.from({ length: 8 }, (_, i) => new Date(Date.now() - i * 60_000).toLocaleTimeString([], { timeStyle: 'short' }));
  return { labels, minutes };
}

const isTime = ({ text }) => text.includes(':');

test('an order is among those that need attention while its driver has no signal, and no longer', async (t) => {
  const hub = await Hub.start(t, '--signal-stale-after', '2', '--signal-lost-after', '3', '--speed-max', '5000');
  const admin = await hub.token('root', 'admin');
  const tokens = new Map();
  for (const name of ['kari', 'ola']) {
    tokens.set(name, await hub.token(name, 'driver'));
    await hub.send('PATCH', '/api/v1/drivers/me/status', tokens.get(name), { status: 'available' });
  }
  const report = (name) => hub.send('POST', '/api/v1/drivers/me/location', tokens.get(name), { latitude: 59.92, longitude: 10.75 });
  const { orderId } = await place(hub, admin);
  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
  await hub.send('POST', `/api/v1/orders/${orderId}/assign`, admin, { driverId: 'kari' });
  const page = await signedIn(await openBrowser(t), hub);
  await page.waitForSelector(`.moving [data-order="${orderId}"]`);
  const lost = `.needs [data-order="${orderId}"]`;
  await report('kari');
  await text(page, lost, 'No signal');
  await page.reload();
  await text(page, lost, 'No signal');
  await report('kari');
  await report('kari');
  await page.waitForSelector(`.moving [data-order="${orderId}"]`);
  await text(page, lost, 'No signal');

  await page.setOfflineMode(true);
  await text(page, '.connection', 'Reconnecting');
  await report('kari');
  await report('kari'); // the event that the signal is regained does not reach the page
  const beat = setInterval(() => report('kari'), 500);
  t.after(() => clearInterval(beat));
  await page.setOfflineMode(false);
  await page.waitForSelector(`.moving [data-order="${orderId}"]`);
  clearInterval(beat);
  await text(page, lost, 'No signal');
  await hub.send('POST', `/api/v1/orders/${orderId}/assign`, admin, { driverId: 'ola' });
  await text(page, `.moving [data-order="${orderId}"]`, 'ola');
});
