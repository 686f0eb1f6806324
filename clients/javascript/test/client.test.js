// The client against a hub: what its user sees when the network, the hub and the token come and go.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, freshness } from '../src/waybill.js';
import { AsyncStorage, Hub, next, until } from './hub.js';

const HOME = { text: '12 Lake Road', latitude: 59.93, longitude: 10.76 };
const FIX = { latitude: 59.91, longitude: 10.75, heading: 90, speed: 5 };

function open(t, hub, token, options = {}) {
  const client = connect(hub.url, { token, ...options });
  t.after(() => client.close());
  return client;
}

async function placeOrder(hub, admin, store = 'acme-widgets', customerId = 'jane') {
  return hub.send('POST', '/api/v1/orders', admin, {
    storeId: store, customerId, items: [{ product: 'sushi', quantity: 1, price: 650 }], currency: 'EUR', deliveryAddress: HOME,
  });
}

async function moveOrder(hub, admin, { orderId }, ...statuses) {
  for (const status of statuses) {
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });
  }
}

test('a view of an order follows it, also over a cut connection', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const customer = open(t, hub, () => hub.token('jane', 'customer'));
  const driver = open(t, hub, () => hub.token('kari', 'driver'));
  await next(driver, 'connected');
  const order = await placeOrder(hub, admin);
  const view = customer.order(order.orderId);
  await until(view, (value) => value.status === 'pending');
  const states = [];
  customer.on('state', ({ name }) => states.push(name));
  hub.cut();
  await next(customer, 'state', ({ name }) => name === 'connecting');
  await moveOrder(hub, admin, order, 'accepted', 'ready_for_pickup');
  await hub.send('POST', `/api/v1/orders/${order.orderId}/assign`, admin, { driverId: 'kari' });
  await moveOrder(hub, admin, order, 'picked_up');
  await driver.reportPosition(FIX);
  hub.restore();
  const seen = await until(view, (value) => value.status === 'picked_up' && value.position !== null);
  assert.equal(seen.position.latitude, FIX.latitude);
  assert.equal(seen.driverId, 'kari');
  assert.equal(freshness(seen.position), 'live');
  assert.equal(freshness(seen.position, Date.now() + 3 * 60_000), 'stale');
  assert.equal(freshness(seen.position, Date.now() + 6 * 60_000), 'lost');
  assert.ok(states.includes('connected'));
});

test('actions of a driver that is offline are executed in order and once, also after a restart of its app', async (t) => {
  const hub = await Hub.start(t);
  const admin = await hub.token('root', 'admin');
  const token = () => hub.token('kari', 'driver');
  const storage = new AsyncStorage();
  const first = open(t, hub, token, { storage });
  await next(first, 'connected');
  const order = await placeOrder(hub, admin);
  await moveOrder(hub, admin, order, 'accepted', 'ready_for_pickup');
  await hub.send('POST', `/api/v1/orders/${order.orderId}/assign`, admin, { driverId: 'kari' });
  const path = `/orders/${order.orderId}/status`;
  await token(); // what follows needs no new one
  hub.cut();
  first.act('PATCH', path, { status: 'picked_up' });
  first.act('PATCH', path, { status: 'in_transit' });
  await next(first, 'outbox', (length) => length === 2);
  for (let i = 0; i < 20; i++) {
    first.reportPosition({ ...FIX, latitude: FIX.latitude + i / 10_000 });
  }
  await first.close();
  hub.restore();
  const second = open(t, hub, token, { storage });
  const refused = next(second, 'action_refused');
  const verdict = await next(second, 'position_verdict');
  assert.equal(verdict.accepted, 20);
  second.act('PATCH', path, { status: 'picked_up' }).catch(() => {});
  const { error } = await refused;
  assert.equal(error.code, 'conflict', error.message);
  assert.equal(second.waiting, 0);
  const history = await hub.send('GET', `/api/v1/orders/${order.orderId}/events`, admin);
  const statuses = history.events.map((event) => event.status).filter((status) => /picked_up|in_transit/.test(status));
  assert.deepEqual(statuses, ['picked_up', 'in_transit']);
});

test('a token that expires is replaced while the client stays connected', async (t) => {
  const hub = await Hub.start(t);
  const tokens = [];
  const client = open(t, hub, async ({ isExpiring } = {}) => {
    tokens.push(isExpiring ?? false);
    return hub.token('jane', 'customer', { expiresInSeconds: 61 });
  });
  await next(client, 'connected');
  const states = [];
  client.on('state', (state) => states.push(state));
  await next(client, 'auth:expiring');
  const ack = await client.emit('sync', { since: 0 });
  assert.equal(ack.ok, true);
  assert.deepEqual(tokens, [false, true]);
  assert.deepEqual(states, []);
});

test('a client whose token is rejected says so, and goes on with a good one', async (t) => {
  const hub = await Hub.start(t);
  let token = 'not a token';
  const client = open(t, hub, () => token);
  const { code } = await next(client, 'state', ({ name }) => name === 'signed-out');
  assert.equal(code, 'unauthenticated');
  token = await hub.token('jane', 'customer');
  await next(client, 'connected');
});

test('a refused request has the code and the field of the hub', async (t) => {
  const hub = await Hub.start(t);
  const client = open(t, hub, () => hub.token('jane', 'customer'));
  await next(client, 'connected');
  await assert.rejects(client.emit('subscribe:order', { orderId: '17' }), { code: 'invalid', field: 'orderId' });
  await assert.rejects(client.request('GET', '/drivers'), { code: 'forbidden', status: 403 });
  const view = client.order('019c0f3e-8000-7000-8000-000000000001');
  const { error } = await until(view, (value) => value.error !== null);
  assert.equal(error.code, 'not_found');
});
