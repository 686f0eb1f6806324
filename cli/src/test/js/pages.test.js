// The pages of customers, stores and drivers in headless Chromium, on a hub of its own: a delivery from end to end.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { townFile } from './fleet.js';
import { openBrowser, openPage, photograph, press, text } from './page.js';
import { OPTIONS, PHONE, bytesOf, confirm, driverOnDuty, faultless, move, place, sign, signedIn, slide } from './people.js';

test('a tracking link is complete without scripts, live with one, and says no more once it is revoked', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const { orderId } = await place(hub, admin);
  const { token } = await hub.send('POST', `/api/v1/orders/${orderId}/share`, admin, {});
  const plain = await openPage(browser);
  await plain.setJavaScriptEnabled(false);
  await plain.goto(`${hub.url}/t/${token}`);
  const words = await plain.$eval('main', (main) => main.innerText);
  assert.match(words, /^Order WB-[\d-]+ from acme-widgets\s+The store has the order and has yet to accept it\./);
  assert.match(words, /Placed\s+\d\d:\d\d[^]+Show the newest state/);

  const customer = await openPage(browser);
  await customer.setViewport(PHONE);
  const loaded = await bytesOf(customer);
  await customer.goto(`${hub.url}/t/${token}`);
  await text(customer, 'h1', 'yet to accept it');
  t.diagnostic(`the page of a link is ${loaded.bytes} bytes in ${loaded.urls.length} requests`);
  assert.ok(loaded.bytes < 60_000, `${loaded.bytes} bytes`);
  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
  await text(customer, 'h1', 'The store has accepted the order.');
  await text(customer, '.progress [aria-current]', 'Preparing');
  await faultless(customer);
  await hub.send('DELETE', `/api/v1/orders/${orderId}/share`, admin);
  await text(customer, 'h1', 'This link is not valid');
  await faultless(customer);
  assert.deepEqual(loaded.urls.filter((url) => !url.startsWith(hub.url) && !url.startsWith('data:')), []);
  assert.deepEqual(customer.faults.filter((fault) => !fault.includes('404')), []); // which the browser reports of any page
});

test('a delivery is accepted, offered, driven, scanned, signed and received, live in four browsers', async (t) => {
  const hub = await Hub.start(t, ...OPTIONS, '--basemap', townFile());
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const store = await signedIn(browser, hub, '/store', 'Store acme-widgets');
  const dispatcher = await signedIn(browser, hub, '/dashboard', 'Administrator');
  const driver = await driverOnDuty(browser, hub);
  await text(store, '.columns', 'New orders appear here.');
  await store.click('.switch[aria-checked=false]');

  const { orderId, externalId, orderNumber } = await place(hub, admin, { proofRequired: ['scan', 'signature'] });
  const { token } = await hub.send('POST', `/api/v1/orders/${orderId}/share`, admin, {});
  const customer = await openPage(browser);
  await customer.setViewport(PHONE);
  const loaded = await bytesOf(customer);
  await customer.goto(`${hub.url}/t/${token}`);
  await text(customer, 'h1', 'yet to accept it');
  assert.ok(loaded.bytes < 60_000, `${loaded.bytes} bytes`);
  t.diagnostic(`the tracking page is ${loaded.bytes} bytes in ${loaded.urls.length} requests`);

  const number = orderNumber.slice(-4);
  await text(store, '.card.new .number', number);
  await text(store, '[role=timer]', 'to accept');
  await faultless(store);
  await photograph(store, 'store-new');
  await press(store, '15 minutes');
  await text(customer, 'h1', 'accepted');
  await press(store, 'Ready');
  await driver.waitForSelector('.offer .ring');
  await text(driver, '.offer', '€6.50');
  await faultless(driver);
  await photograph(driver, 'driver-offer', PHONE);
  await driver.evaluate(() => (globalThis.isListLate = true));
  await press(driver, 'Accept');
  await text(store, '.arrival', 'kari');
  await driver.waitForFunction(() => globalThis.lateLists > 0);
  await press(driver, 'I am at the store');
  await text(store, '.arrival', 'kari is here');
  await photograph(store, 'store-ready');
  await photograph(driver, 'driver-pickup', PHONE);
  await slide(driver, 'Picked up', 0.6);
  await driver.waitForSelector('.slide[data-dragged=false]'); // not far enough: it is back
  await slide(driver, 'Picked up');
  await text(store, '.today', 'On the way');
  await photograph(driver, 'driver-way', PHONE);
  await text(dispatcher, `.moving [data-order="${orderId}"]`, 'kari');

  await move(driver, 59.923, 10.7519);
  await text(customer, '.seen', '360\u00a0m from the door');
  await text(customer, 'h1', 'Arriving');
  await customer.waitForSelector('.map > [data-ready] .map-vehicle');
  await customer.waitForSelector('.map > [data-attribution="© Surveyors of the Town"]');
  assert.ok(loaded.urls.some((url) => /basemap\.json\?bounds=10\.7\d+,59\.9\d+,10\.7\d+,59\.9\d+$/.test(url)), loaded.urls.join(' '));
  await faultless(customer);
  await photograph(customer, 'tracking', PHONE);
  await press(driver, 'I am at the door');
  await faultless(driver);
  await photograph(driver, 'driver-door', PHONE);
  await driver.type('.entry input', 'another');
  await driver.keyboard.press('Enter');
  await text(driver, '[role=alert]', 'another package');
  await driver.$eval('.entry input', (input) => (input.value = ''));
  await driver.type('.entry input', externalId);
  await driver.keyboard.press('Enter');
  await text(driver, '.proofs', 'Scanned');
  await sign(driver);
  await text(driver, '.proofs', 'Signed');
  await press(driver, 'Delivered');
  await text(driver, '.question', 'Is the order handed over?');
  await faultless(driver);
  await photograph(driver, 'driver-question', PHONE);
  await press(driver, 'Not yet');
  await slide(driver, 'Delivered');
  await text(driver, '.idle', 'Waiting for an order');
  await text(customer, 'h1', 'The order was delivered');
  assert.equal(await customer.$('.map'), null);
  await text(store, '.today', 'Delivered');
  const { missing, proofs } = await hub.send('GET', `/api/v1/orders/${orderId}/proof`, admin);
  assert.deepEqual(missing, []);
  assert.deepEqual(proofs.map(({ kind }) => kind), ['scan', 'signature']);
  await photograph(customer, 'tracking-end', PHONE);
  for (const page of [store, dispatcher, driver, customer]) {
    assert.deepEqual(page.faults, []);
  }
  assert.deepEqual(loaded.urls.filter((url) => !url.startsWith(hub.url) && !url.startsWith('data:') && !url.startsWith('blob:')), []);
});

test('a driver without a network takes a photo and delivers, and the hub learns of it once there is one', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const driver = await driverOnDuty(browser, hub);
  const { orderId } = await place(hub, admin, { proofRequired: ['photo'] });
  const { token } = await hub.send('POST', `/api/v1/orders/${orderId}/share`, admin, {});
  const customer = await openPage(browser);
  await customer.goto(`${hub.url}/t/${token}`);
  for (const status of ['accepted', 'ready_for_pickup']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
  await hub.send('POST', `/api/v1/orders/${orderId}/assign`, admin, { driverId: 'kari' });
  await press(driver, 'I am at the store');
  await driver.emulateMediaFeatures([{ name: 'prefers-reduced-motion', value: 'reduce' }]);
  await slide(driver, 'Picked up');
  await text(driver, 'button', 'I am at the door');
  const photo = join(mkdtempSync(join(tmpdir(), 'waybill-photo-')), 'door.png');
  await driver.screenshot({ path: photo });
  await driver.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await driver.setOfflineMode(true);
  await text(driver, '.connection', 'Offline');
  await press(driver, 'I am at the door');
  await (await driver.$('input[type=file]')).uploadFile(photo);
  await text(driver, '.proofs', 'Photo taken');
  await confirm(driver, 'Delivered');
  await text(driver, '.offline', 'things wait for a connection.');
  await text(driver, '.idle', 'Waiting for an order');
  await driver.reload();
  await text(driver, '.offline', 'things wait for a connection.');
  await driver.setOfflineMode(false);
  await text(customer, 'h1', 'The order was delivered');
  const { proofs } = await hub.send('GET', `/api/v1/orders/${orderId}/proof`, admin);
  assert.deepEqual(proofs.map(({ kind }) => kind), ['photo']);
});
