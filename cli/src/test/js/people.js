// What the tests of the pages of customers, stores and drivers have in common.
import assert from 'node:assert/strict';
import { accessibilityFaults, openPage, press, text } from './page.js';

export const STORE = { text: '1 Mill Lane', latitude: 59.925, longitude: 10.751 };
export const HOME = { text: '12 Lake Road', latitude: 59.9262, longitude: 10.753, notes: 'Second floor, the bell is broken' };

/** Offers come once the order is ready; a test drives faster than a car. */
export const OPTIONS = ['--dispatch', 'cascade', '--offer-timeout', '2m', '--accept-within', '3m', '--speed-max', '5000'];

export const PHONE = { width: 390, height: 844 };

export async function signedIn(browser, hub, path, person) {
  const page = await openPage(browser);
  await page.goto(hub.url + path);
  await press(page, person);
  return page;
}

/** A driver on duty, 450 m from the store: the hub sees its arrival when it tells of it, and not before. */
export async function driverOnDuty(browser, hub) {
  const page = await openPage(browser);
  await page.setViewport(PHONE);
  await page.evaluateOnNewDocument(delayListOfOffers);
  await page.browserContext().overridePermissions(hub.url, ['geolocation']);
  await move(page, 59.921, 10.7508);
  await page.goto(`${hub.url}/driver`);
  await press(page, 'Driver kari');
  await text(page, '.connection', 'Live');
  await press(page, 'Off duty');
  await text(page, '.idle', 'Waiting for an order');
  return page;
}

/** Sets `isAwake` once the page asks for the screen to stay on, which no browser without a screen grants for sure. Evaluated in the page. */
export function watchScreen() {
  const { request } = WakeLock.prototype;
  WakeLock.prototype.request = function (type) {
    globalThis.isAwake = type === 'screen';
    return request.call(this, type);
  };
}

/** While `isListLate`, the page is sent the list of offers that it was sent before. */
export function delayListOfOffers() {
  const { fetch } = globalThis;
  let before;
  globalThis.fetch = async (url, ...more) => {
    if (!String(url).endsWith('/drivers/me/offers')) {
      return fetch(url, ...more);
    }
    if (globalThis.isListLate) {
      globalThis.lateLists = (globalThis.lateLists ?? 0) + 1;
      return before.clone();
    }
    before = await fetch(url, ...more);
    return before.clone();
  };
}

export function move(page, latitude, longitude) {
  return page.setGeolocation({ latitude, longitude, accuracy: 5 });
}

export function place(hub, admin, more = {}) {
  return hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerId: 'jane', customerName: 'Jane Doe', currency: 'EUR', fare: 650, pickupAddress: STORE, deliveryAddress: HOME,
    items: [{ product: 'sushi', name: 'Sushi box', quantity: 2, price: 1290, notes: 'No wasabi' }, { product: 'tea', name: 'Green tea', quantity: 1, price: 300 }],
    ...more,
  });
}

/** Bytes over the wire of a page, until it is quiet. */
export async function bytesOf(page) {
  const session = await page.createCDPSession();
  await session.send('Network.enable');
  const count = { bytes: 0, urls: [] };
  session.on('Network.loadingFinished', ({ encodedDataLength }) => (count.bytes += encodedDataLength));
  session.on('Network.requestWillBeSent', ({ request }) => count.urls.push(request.url));
  return count;
}

/** Without motion, so that no colour is on its way to another. */
export async function faultless(page) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    assert.deepEqual(await accessibilityFaults(page), [], `${page.url()} ${scheme}`);
  }
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
}

/** Slides a step that cannot be undone, over a share of its way. */
export async function slide(page, label, share = 1) {
  await text(page, '.slide:enabled', label);
  await page.$eval('.slide', (element) => element.scrollIntoView());
  const { x, y, width, height } = await (await page.$('.slide')).boundingBox();
  await page.mouse.move(x + height / 2, y + height / 2);
  await page.mouse.down();
  await page.mouse.move(x + height / 2 + (width - height) * share, y + height / 2, { steps: 8 });
  await page.mouse.up();
}

/** Takes a step that cannot be undone without sliding: by keyboard, as the question of it is focused on its answer. */
export async function confirm(page, label) {
  await text(page, '.slide:enabled', label);
  await page.focus('.slide');
  await page.keyboard.press('Enter');
  await text(page, '.question button:focus', label);
  await page.keyboard.press('Enter');
}

export async function sign(page) {
  await press(page, 'Have it signed');
  await page.waitForSelector('.sign[open] canvas');
  const { x, y } = await (await page.$('.sign canvas')).boundingBox();
  await page.mouse.move(x + 40, y + 120);
  await page.mouse.down();
  for (let i = 1; i <= 12; i++) {
    await page.mouse.move(x + 40 + i * 18, y + 120 + (i % 2 ? 50 : -50));
  }
  await page.mouse.up();
  await press(page, 'Done');
}
