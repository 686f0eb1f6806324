// The pages of customers, stores and drivers, where it does not go as planned.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { townFile } from './fleet.js';
import { openBrowser, openPage, photograph, press, text } from './page.js';
import { HOME, OPTIONS, PHONE, STORE, bytesOf, driverOnDuty, faultless, place, signedIn, slide, watchScreen } from './people.js';
import { showCode } from './code39.js';

/** Brings orders into the hands of a driver, in this sequence. */
async function collect(hub, driverId, ...orders) {
  const admin = await hub.token('root', 'admin');
  const driver = await hub.token(driverId, 'driver');
  for (const { orderId } of orders) {
    const move = (token, status) => hub.send('PATCH', `/api/v1/orders/${orderId}/status`, token, { status });
    await move(admin, 'accepted');
    await move(admin, 'ready_for_pickup');
    await hub.send('POST', `/api/v1/orders/${orderId}/assign`, admin, { driverId });
    await move(driver, 'picked_up');
    await move(driver, 'in_transit');
  }
  return driver;
}

test('the map of a tracking link is there while the order is the next stop, and loaded then', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile(), '--speed-max', '5000');
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const first = await place(hub, admin);
  const second = await place(hub, admin, { customerId: 'mia', customerName: 'Mia Chen' });
  const driver = await collect(hub, 'kari', first, second);
  const report = (latitude) => hub.send('POST', '/api/v1/drivers/me/location', driver, { latitude, longitude: STORE.longitude });
  await report(59.921);
  const { token } = await hub.send('POST', `/api/v1/orders/${second.orderId}/share`, admin, {});
  const customer = await openPage(browser);
  await customer.setViewport(PHONE);
  const loaded = await bytesOf(customer);
  await customer.goto(`${hub.url}/t/${token}`);
  await text(customer, '.of', 'The driver has 1 other stop before this one.');
  await text(customer, '.seen', 'The driver was seen');
  assert.equal(await customer.$('.map'), null);
  assert.deepEqual(loaded.urls.filter((url) => url.includes('maplibre')), []);
  assert.ok(loaded.bytes < 60_000, `${loaded.bytes} bytes`);
  await photograph(customer, 'tracking-before', PHONE);

  await hub.send('PATCH', `/api/v1/orders/${first.orderId}/status`, driver, { status: 'delivered' });
  await text(customer, '.of', "This is the driver's next stop.");
  await customer.waitForSelector('.map > [data-ready] .map-vehicle');
  await text(customer, '.seen', 'from the door');
  const placeOf = () => customer.$eval('.map-vehicle', (vehicle) => vehicle.style.transform);
  const before = await placeOf();
  await report(59.923);
  await customer.waitForFunction((old) => document.querySelector('.map-vehicle').style.transform !== old, {}, before);
  await customer.waitForSelector('.map-vehicle.turned');
  await faultless(customer);
  await photograph(customer, 'tracking-next', PHONE);
  await hub.send('PATCH', `/api/v1/orders/${second.orderId}/status`, driver, { status: 'delivered' });
  await text(customer, 'h1', 'The order was delivered');
  await customer.waitForSelector('.map', { hidden: true });
  assert.deepEqual(customer.faults, []);
});

test('a store hears a new order once it has been touched, rejects with a reason, and closes', async (t) => {
  const hub = await Hub.start(t, ...OPTIONS);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const store = await openPage(browser);
  await store.evaluateOnNewDocument(watchScreen);
  await store.evaluateOnNewDocument(() => {
    globalThis.sounds = { contexts: 0, tones: 0 };
    globalThis.AudioContext = class extends AudioContext {
      constructor() { super(); globalThis.sounds.contexts++; }
    };
    globalThis.OscillatorNode = class extends OscillatorNode {
      constructor(...some) { super(...some); globalThis.sounds.tones++; }
    };
    localStorage.setItem('waybill.sound', 'true'); // switched on in an earlier visit
  });
  const sounds = () => store.evaluate(() => globalThis.sounds);
  await store.goto(`${hub.url}/store`);
  await press(store, 'Store acme-widgets'); // by a script, which is no gesture
  await text(store, '.silent', 'Touch the page once');
  await store.waitForFunction(() => globalThis.isAwake);
  const { orderId, orderNumber } = await place(hub, admin);
  await text(store, '.card.new .number', orderNumber.slice(-4));
  await text(store, 'title', '(1) Store');
  assert.deepEqual(await sounds(), { contexts: 0, tones: 0 });
  await faultless(store);
  await store.click('.bar .name');
  await store.waitForSelector('.silent', { hidden: true });
  assert.deepEqual(await sounds(), { contexts: 1, tones: 0 }); // the order was seen
  const other = await place(hub, admin, { customerName: 'Mia Chen' });
  await store.waitForFunction(() => globalThis.sounds.tones >= 4); // and again, until the page is touched
  await text(store, '.card.new .for', 'Mia Chen');

  await store.click(`[data-order="${orderId}"] .danger`);
  await store.waitForSelector('dialog[open]');
  await faultless(store);
  await photograph(store, 'store-reject');
  await press(store, 'Sold out');
  await text(store, '.today', 'Rejected');
  const { events } = await hub.send('GET', `/api/v1/orders/${orderId}/events`, admin);
  const declined = events.find(({ status }) => status === 'declined');
  assert.equal(declined.payload?.reason ?? declined.reason, 'Sold out');
  const readyAt = new Date(Date.now() + 20 * 60_000).toISOString();
  await hub.send('PATCH', `/api/v1/orders/${other.orderId}/status`, admin, { status: 'accepted', readyAt }); // on another device
  await text(store, '.due', 'Ready in');
  await press(store, 'Open');
  await text(store, '.switch[aria-checked=false]', 'Closed');
  await text(store, '.silent', 'The store is closed.');
  const closed = await fetch(`${hub.url}/api/v1/orders`, {
    method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${admin}` },
    body: JSON.stringify({ storeId: 'acme-widgets', items: [{ product: 'tea', quantity: 1 }], deliveryAddress: HOME }),
  });
  assert.equal(closed.status, 409);
  await press(store, 'Closed');
  await text(store, '.switch[aria-checked=true]', 'Open');
  assert.deepEqual(store.faults, []);
});

test('a driver scans without a detector of the browser, and asks again for a PIN that is wrong', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const jane = await hub.token('jane', 'customer');
  const order = await place(hub, admin, { proofRequired: ['scan', 'pin'] });
  const driver = await driverOnDuty(browser, hub);
  await driver.evaluate(watchScreen);
  await collect(hub, 'kari', order);
  await driver.waitForFunction(() => globalThis.isAwake);
  await driver.evaluate(showCode, order.orderNumber);
  await press(driver, 'I am at the door');
  const loaded = await bytesOf(driver);
  await press(driver, 'Scan the package');
  await text(driver, '.proofs', 'Scanned');
  assert.ok(loaded.urls.some((url) => url.endsWith('zxing_reader.wasm')));
  const { pin } = await hub.send('GET', `/api/v1/orders/${order.orderId}/proof`, jane);
  await driver.type('.entry input', String((Number(pin) + 1) % 10_000).padStart(4, '0'));
  await driver.keyboard.press('Enter');
  await text(driver, '[role=alert]', 'This PIN is wrong');
  await driver.waitForSelector('.entry input');
  await faultless(driver);
  await photograph(driver, 'driver-pin', PHONE);
  await driver.type('.entry input', pin);
  await driver.keyboard.press('Enter');
  await text(driver, '.proofs', 'PIN entered');
  const delivered = driver.waitForResponse((response) => response.url().endsWith(`${order.orderId}/status`) && response.ok());
  await slide(driver, 'Delivered');
  await text(driver, '.idle', 'Waiting for an order');
  await delivered; // the page is ahead of the hub
  const { missing, proofs } = await hub.send('GET', `/api/v1/orders/${order.orderId}/proof`, admin);
  assert.deepEqual(missing, []);
  assert.deepEqual(proofs.map(({ kind }) => kind), ['scan', 'pin']);
  assert.deepEqual(driver.faults.filter((fault) => !fault.includes('400')), []); // which the browser reports of any request
});

test('an offer whose time is up is gone, also without a network', async (t) => {
  const hub = await Hub.start(t, '--dispatch', 'cascade', '--offer-timeout', '10s');
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const driver = await driverOnDuty(browser, hub);
  const { orderId } = await place(hub, admin);
  for (const status of ['accepted', 'ready_for_pickup']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
  await driver.waitForSelector('.offer .ring');
  await driver.setOfflineMode(true);
  await text(driver, '.idle', 'Waiting for an order');
});

test('a user stays signed in on a device if it wants that, until it signs out', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const driver = await signedIn(browser, hub, '/driver', 'Driver kari');
  await text(driver, '.who', 'kari');
  const context = driver.browserContext();
  const reopen = async (path) => {
    const page = await context.newPage();
    await page.goto(hub.url + path);
    return page;
  };
  const second = await reopen('/driver');
  await text(second, 'h1', 'Waybill');
  await faultless(second);
  await photograph(second, 'sign-in', PHONE);
  await second.click('.stay input');
  await press(second, 'Driver kari');
  await text(second, '.who', 'kari');
  await second.close();
  const third = await reopen('/driver');
  await text(third, '.who', 'kari');
  for (const path of ['/store', '/dashboard']) {
    await text(await reopen(path), 'h1', 'Waybill'); // of this page alone
  }
  const fourth = await reopen('/driver');
  await text(fourth, '.who', 'kari');
  await press(third, 'Sign out');
  await text(fourth, '.notice', 'signed out in another tab');
  assert.equal(await third.evaluate(() => Object.keys(localStorage).filter((key) => key.includes('tokens')).length), 0);
});
