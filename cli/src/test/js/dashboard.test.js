// The dashboard in headless Chromium, on a hub of its own.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { accessibilityFaults, openBrowser, openPage, photograph, press, text } from './page.js';
import { Provider } from './provider.js';

const HOME = { text: '12 Lake Road', latitude: 59.93, longitude: 10.76 };

async function signedIn(browser, hub, person) {
  const page = await openPage(browser);
  await page.goto(`${hub.url}/`);
  await press(page, person);
  await page.waitForSelector('.board');
  return page;
}

test('an order is placed, accepted, assigned and delivered, live in the pages of three users', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const kari = await hub.token('kari', 'driver');
  await hub.send('PATCH', '/api/v1/drivers/me/status', kari, { status: 'available' });
  await hub.send('POST', '/api/v1/drivers/me/location', kari, { latitude: 59.92, longitude: 10.75 });
  const store = await signedIn(browser, hub, 'Store acme-widgets');
  const dispatcher = await signedIn(browser, hub, 'Administrator');
  const driver = await signedIn(browser, hub, 'Driver kari');
  const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerId: 'jane', customerName: 'Jane Doe', currency: 'EUR', deliveryAddress: HOME,
    pickupAddress: { text: '1 Mill Lane', latitude: 59.925, longitude: 10.751 },
    items: [{ product: 'sushi', name: 'Sushi box', quantity: 2, price: 1290 }],
  });
  const row = `[data-order="${orderId}"]`;
  for (const page of [store, dispatcher]) {
    await text(page, `.needs ${row}`, 'Jane Doe');
  }
  await store.click(row);
  await text(store, '.panel', '€25.80');
  await press(store, 'ready in 20 min');
  await text(store, '.steps [aria-current]', 'Preparing');
  await text(dispatcher, `.unassigned ${row}`, 'Accepted');
  await press(store, 'Ready for pickup');
  await dispatcher.click(row);
  await press(dispatcher, 'Choose a driver');
  await text(dispatcher, '.candidates .button', 'kari');
  await dispatcher.click('.candidates .button');
  await text(dispatcher, `.moving ${row}`, 'kari');
  await text(driver, `.moving ${row}`, 'Assigned to driver');
  await driver.click(row);
  await press(driver, 'Picked up');
  await text(store, '.steps [aria-current]', 'On the way');
  await hub.send('POST', '/api/v1/drivers/me/location', kari, { latitude: 59.9201, longitude: 10.7501 }); // as near as she can be
  await text(dispatcher, '.facts', 'live');
  await press(driver, 'Start driving');
  await press(driver, 'Delivered');
  for (const page of [store, dispatcher, driver]) {
    await text(page, '.steps [aria-current]', 'Delivered');
    await text(page, '.history', 'Delivered');
  }
  for (const page of [store, dispatcher, driver]) {
    assert.deepEqual(page.faults, []);
  }
});

test('the pages have no accessibility fault, and are photographed', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const page = await openPage(browser);
  await page.goto(`${hub.url}/dashboard`);
  await page.waitForSelector('.people');
  assert.deepEqual(await accessibilityFaults(page), []);
  await photograph(page, 'sign-in');
  for (const [i, customerName] of ['Jane Doe', 'Ola Nordmann', 'Mia Chen', 'Noor Haddad'].entries()) {
    const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
      storeId: 'acme-widgets', customerId: `c${i}`, customerName, deliveryAddress: HOME, currency: 'EUR',
      items: [{ product: 'sushi', name: 'Sushi box', quantity: 1, price: 1290 }],
    });
    for (const status of ['accepted', 'ready_for_pickup', 'delivered'].slice(0, i === 3 ? 2 : i)) {
      await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
    }
  }
  await press(page, 'Administrator');
  await page.waitForSelector('.unassigned .row');
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    assert.deepEqual(await accessibilityFaults(page), [], scheme);
  }
  await photograph(page, 'board');
  await page.click('.needs .row');
  await page.waitForSelector('.history li');
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    assert.deepEqual(await accessibilityFaults(page), [], scheme);
  }
  await photograph(page, 'order');
  assert.deepEqual(page.faults, []);
});

test('a page whose hub restarts shows what happened meanwhile, and its keys select orders', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const admin = await hub.token('root', 'admin');
  const page = await signedIn(browser, hub, 'Administrator');
  const place = async (customerName) => (await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerName, deliveryAddress: HOME, items: [{ product: 'sushi', quantity: 1 }],
  })).orderId;
  const first = await place('First');
  await text(page, '.needs', 'First');
  await page.setOfflineMode(true);
  await text(page, '.connection', 'Reconnecting');
  await place('Second');
  await page.setOfflineMode(false);
  await text(page, '.needs', 'Second');
  await text(page, '.connection', 'Live');
  await page.keyboard.press('j');
  await page.waitForFunction((id) => location.search === `?order=${id}`, {}, first);
  await page.keyboard.press('Escape');
  await page.waitForSelector('.overview');
  await page.keyboard.press('/');
  await page.keyboard.type('second');
  await page.waitForFunction(() => document.querySelectorAll('.row').length === 1);
});

test('a user signs in at the provider, and stays signed in when the token expires', async (t) => {
  const provider = await Provider.start(t, { sub: 'root', role: 'admin' });
  const hub = await Hub.start(t, '--jwks-url', `${provider.issuer}/jwks`, '--issuer', provider.issuer, '--audience', 'waybill',
    '--sign-in-client-id', 'dashboard');
  const browser = await openBrowser(t);
  const page = await openPage(browser);
  await page.goto(`${hub.url}/dashboard?order=019c0f3e-8000-7000-8000-000000000001`);
  await press(page, 'Sign in at');
  await page.waitForSelector('.board');
  await text(page, '.user', 'root, admin');
  assert.match(page.url(), /\/dashboard\?order=019c0f3e-8000-7000-8000-000000000001$/);
  await page.waitForFunction(() => JSON.parse(sessionStorage.getItem('waybill.tokens')).refreshToken === 'r1');
  while (provider.refreshed === 0) {
    await page.evaluate(() => new Promise(requestAnimationFrame));
  }
  await hub.send('POST', '/api/v1/orders', provider.token(), {
    storeId: 'acme-widgets', customerName: 'Jane Doe', deliveryAddress: HOME, items: [{ product: 'sushi', quantity: 1 }],
  });
  await text(page, '.needs', 'Jane Doe');
  assert.deepEqual(page.faults, []);
});

test('a token that the hub does not accept leads back to the form, with the reason', async (t) => {
  const provider = await Provider.start(t, { sub: 'root', role: 'admin' });
  const hub = await Hub.start(t, '--jwks-url', `${provider.issuer}/jwks`, '--issuer', provider.issuer, '--audience', 'waybill');
  const page = await openPage(await openBrowser(t));
  await page.goto(`${hub.url}/dashboard`);
  await page.type('textarea', 'no token');
  await press(page, 'Sign in with the token');
  await text(page, '[role=alert]', 'three parts');
  await page.evaluate(() => (document.querySelector('textarea').value = ''));
  await page.type('textarea', provider.token(-3_600));
  await press(page, 'Sign in with the token');
  await text(page, '.notice', 'The hub does not accept the token');
});

/** Each order is read twice when it is placed, for two events; the second answer is held until `releaseLate`. */
function holdSecondAnswers() {
  const { fetch } = globalThis;
  const reads = new Map();
  const released = new Promise((resolve) => (globalThis.releaseLate = resolve));
  globalThis.lateAnswers = [];
  globalThis.fetch = (url, options) => {
    const answer = fetch(url, options);
    if (options?.method !== 'GET' || !/\/orders\/[0-9a-f-]{36}$/.test(url)) {
      return answer;
    }
    reads.set(url, (reads.get(url) ?? 0) + 1);
    if (reads.get(url) !== 2) {
      return answer;
    }
    const late = answer.then(async (response) => {
      const copy = new Response(await response.text(), response);
      await released;
      return copy;
    });
    globalThis.lateAnswers.push(late);
    return late;
  };
}

test('an order is not shown as it was when an answer about it is late', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const page = await openPage(await openBrowser(t));
  await page.evaluateOnNewDocument(holdSecondAnswers);
  await page.goto(`${hub.url}/`);
  await press(page, 'Administrator');
  await page.waitForSelector('.board');
  await text(page, '.connection', 'Live');
  const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerName: 'Jane Doe', deliveryAddress: HOME, items: [{ product: 'sushi', quantity: 1 }],
  });
  await page.waitForSelector(`.needs [data-order="${orderId}"]`);
  await page.waitForFunction(() => globalThis.lateAnswers.length === 1);
  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status: 'accepted' });
  await page.waitForSelector(`.unassigned [data-order="${orderId}"]`);
  await page.evaluate(async () => {
    globalThis.releaseLate();
    await Promise.all(globalThis.lateAnswers);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  assert.ok(await page.$(`.unassigned [data-order="${orderId}"]`));
  assert.deepEqual(page.faults, []);
});

test('an order whose event arrives is shown, also when the first answer about it is lost', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const page = await openPage(await openBrowser(t));
  await page.evaluateOnNewDocument(() => {
    const { fetch } = globalThis;
    globalThis.lost = 0;
    globalThis.fetch = (url, options) => {
      if (/\/orders\/[0-9a-f-]{36}$/.test(url) && globalThis.lost++ === 0) {
        return Promise.reject(new TypeError('the network is gone'));
      }
      return fetch(url, options);
    };
  });
  await page.goto(`${hub.url}/`);
  await press(page, 'Administrator');
  await text(page, '.connection', 'Live');
  await hub.send('POST', '/api/v1/orders', admin, { storeId: 'acme-widgets', customerName: 'Jane Doe', deliveryAddress: HOME, items: [{ product: 'sushi', quantity: 1 }] });
  await text(page, '.needs', 'Jane Doe');
  assert.ok(await page.evaluate(() => globalThis.lost) > 1);
  assert.deepEqual(page.faults, []);
});

test('an administrator adds a webhook and tests it, and sees what waits in the queues', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerName: 'Jane Doe', deliveryAddress: HOME, items: [{ product: 'sushi', quantity: 1 }],
  });
  for (const status of ['accepted', 'ready_for_pickup']) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
  const page = await signedIn(await openBrowser(t), hub, 'Administrator');
  await page.click('[href="?page=queues"]');
  await text(page, 'td', 'acme-widgets');
  await page.click('[href="?page=webhooks"]');
  await (await page.waitForSelector('input[type=url]')).type('https://hooks.invalid/waybill');
  await press(page, 'Add');
  await text(page, 'code', 'whsec_');
  await press(page, 'Send a test');
  await text(page, '[aria-label=Jobs] td', 'webhook.test');
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
    assert.deepEqual(await accessibilityFaults(page), [], scheme);
  }
  await photograph(page, 'webhooks');
  assert.deepEqual(page.faults, []);
});

test('a store closes, and an administrator notifies a customer', async (t) => {
  const hub = await Hub.start(t);
  const browser = await openBrowser(t);
  const store = await signedIn(browser, hub, 'Store acme-widgets');
  await store.click('[href="?page=business"]');
  await press(store, 'Close the store');
  await text(store, '.facts', 'closed');
  assert.equal((await hub.send('GET', '/api/v1/business?store=acme-widgets', await hub.token('root', 'admin'))).isOpen, false);
  await press(store, 'Open the store');
  await text(store, '.facts', 'open');
  const admin = await signedIn(browser, hub, 'Administrator');
  await admin.click('[href="?page=messages"]');
  await (await admin.waitForSelector('[name=userId]')).type('jane');
  await admin.type('[name=title]', 'Hello');
  await admin.type('[name=message]', 'Your pizza is near.');
  await press(admin, 'Notify');
  await text(admin, '.toast', 'jane is notified');
  for (const page of [store, admin]) {
    assert.deepEqual(await accessibilityFaults(page), []);
    assert.deepEqual(page.faults, []);
  }
  await photograph(admin, 'messages');
});
