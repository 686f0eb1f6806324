// The pages of customers in headless Chromium, on a hub of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { accessibilityFaults, openBrowser, openPage, text } from './page.js';

const STORE = { text: '1 Mill Lane', latitude: 59.925, longitude: 10.751 };
const HOME = { text: '12 Lake Road', latitude: 59.9262, longitude: 10.753, notes: 'Second floor, the bell is broken' };

const PHONE = { width: 390, height: 844 };

function place(hub, admin, more = {}) {
  return hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerId: 'jane', customerName: 'Jane Doe', currency: 'EUR', fare: 650, pickupAddress: STORE, deliveryAddress: HOME,
    items: [{ product: 'sushi', name: 'Sushi box', quantity: 2, price: 1290, notes: 'No wasabi' }, { product: 'tea', name: 'Green tea', quantity: 1, price: 300 }],
    ...more,
  });
}

/** Bytes over the wire of a page, until it is quiet. */
async function bytesOf(page) {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  const count = { bytes: 0, urls: [] };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (count.bytes += encodedDataLength));
  session.on('Network.requestWillBeSent', ({ request }) => count.urls.push(request.url));
  return count;
}

/** Without motion, so that no colour is on its way to another. */
async function faultless(page) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    assert.deepEqual(await accessibilityFaults(page), [], `${page.url()} ${scheme}`);
  }
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
}

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
