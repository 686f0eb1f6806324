// A backend that emits events of its own, and the clients that receive them. Takes its settings as JSON in the first
// argument, prints the names of the events that each client received, in their order, as JSON.
import assert from 'node:assert/strict';
import { io } from 'socket.io-client';

const { url, tokens } = JSON.parse(process.argv[2]);

async function send(method, path, token, body) {
  const response = await fetch(url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

const emit = (event, to, data = {}) => send('POST', '/api/v1/emit', tokens.service, { to, event, data });

/** A client that has received everything once it has received the event `end`. */
async function connect(namespace, token, end) {
  const socket = io(url + namespace, { auth: { token }, transports: ['websocket'], forceNew: true });
  const received = [];
  const ended = new Promise((resolve) => {
    socket.onAny((event, data) => {
      if (event.startsWith('shop:')) {
        assert.ok(data.eventId ?? data.event_id, `${event} has no id`);
        received.push(event);
      }
      if (event === end) {
        resolve();
      }
    });
  });
  await new Promise((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  const all = async () => {
    await ended;
    socket.close();
    return received;
  };
  return { socket, all };
}

const customer = await connect('/realtime', tokens.customer, 'shop:end');
const store = await connect('/storefront', tokens.store, 'shop:end');
const driver = await connect('/marketplace', tokens.driver, 'shop:end');
const away = await connect('/realtime', tokens.away, 'never');
away.socket.close();

const { orderId } = await send('POST', '/api/v1/orders', tokens.customer, {
  storeId: 'acme', items: [{ product: 'soup', quantity: 1 }], deliveryAddress: '1 Main St',
});
const user = (id) => ({ user: { role: 'customer', id } });
await emit('shop:user', user('jane'));
await emit('shop:away', user('bob'));
await emit('shop:role', { role: 'driver' });
await emit('shop:order', { order: orderId });
await emit('shop:room', { room: { namespace: '/realtime', name: 'role:customer' } });
await emit('shop:all', { all: true });
const back = await connect('/realtime', tokens.away, 'shop:end');
await emit('shop:end', { all: true });

console.log(JSON.stringify({
  customer: await customer.all(), store: await store.all(), driver: await driver.all(), away: await back.all(),
}));
process.exit();
