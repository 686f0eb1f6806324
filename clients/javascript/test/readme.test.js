// The programs of the README and of the page about React Native, run as they stand there.
import { mkdtempSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'node:test';
import { Hub } from '../../../examples/test/hub.js';
import { Program } from '../../../examples/test/program.js';

const here = fileURLToPath(new URL('..', import.meta.url));
const readme = readFileSync(join(here, 'README.md'), 'utf8');

/** A project that has the client among its dependencies. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-readme-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(here, join(folder, 'node_modules', 'waybill'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  return folder;
}

function program(folder, name) {
  const [, text] = readme.match(new RegExp('```js ' + name + '\\n([^]*?)```'));
  const file = join(folder, `${name}.js`);
  writeFileSync(file, text);
  return file;
}

test('the customer and the driver of the README see one delivery', async (t) => {
  const hub = await Hub.start(t);
  const folder = project();
  const admin = await hub.token('root', 'admin');
  const driverToken = await hub.token('kari', 'driver');
  await hub.send('GET', '/api/v1/orders/active', driverToken); // the hub knows her from here on
  const { orderId } = await hub.send('POST', '/api/v1/orders', admin, {
    storeId: 'acme-widgets', customerId: 'jane', items: [{ product: 'sushi', quantity: 1 }],
    deliveryAddress: { text: '12 Lake Road', latitude: 59.93, longitude: 10.76 },
  });
  const path = `/api/v1/orders/${orderId}`;
  await hub.send('PATCH', `${path}/status`, admin, { status: 'accepted' });
  await hub.send('PATCH', `${path}/status`, admin, { status: 'ready_for_pickup' });
  await hub.send('POST', `${path}/assign`, admin, { driverId: 'kari' });
  const env = { HUB: hub.url, ORDER_ID: orderId };
  const customer = Program.node(t, program(folder, 'customer'), { ...env, TOKEN: await hub.token('jane', 'customer') });
  await customer.lines(/The order is assigned_to_driver/);
  const driver = Program.node(t, program(folder, 'driver'), { ...env, TOKEN: driverToken });
  await driver.lines(/The order is picked_up/);
  await customer.lines(/The order is picked_up/);
});

/** Stand-ins for the packages of a phone. */
function phone(folder) {
  const write = (name, text) => {
    const target = join(folder, 'node_modules', name);
    mkdirSync(target, { recursive: true });
    writeFileSync(join(target, 'package.json'), '{"type": "module", "exports": "./index.js"}');
    writeFileSync(join(target, 'index.js'), text);
  };
  write('@react-native-async-storage/async-storage', `const items = new Map();
    export default { getItem: async (key) => items.get(key) ?? null, setItem: async (key, value) => { items.set(key, value); } };`);
  write('@react-native-community/geolocation', `export default {
      watchPosition(show) { show({ coords: { latitude: 59.92, longitude: 10.75, heading: -1, speed: 3, accuracy: 5 }, timestamp: Date.now() }); return 1; },
      clearWatch() { console.log('The positions have ended.'); },
    };`);
}

test('the module of the page about React Native orders and delivers', async (t) => {
  const hub = await Hub.start(t);
  const folder = project();
  phone(folder);
  const page = readFileSync(new URL('../../../docs/react-native.md', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'shift.mjs'), page.match(/```js shift.mjs\n([^]*?)```/)[1]);
  writeFileSync(join(folder, 'app.mjs'), `import { advance, assignments, follow, order, reportPositions, signIn } from './shift.mjs';
    const { HUB: hub, JANE, KARI, ADMIN } = process.env;
    const request = (method, path, body) => fetch(hub + '/api/v1' + path, { method, headers: { authorization: 'Bearer ' + ADMIN, 'content-type': 'application/json' }, body: JSON.stringify(body) });
    const jane = signIn({ hub, user: 'jane', token: () => JANE });
    const kari = signIn({ hub, user: 'kari', token: () => KARI });
    const assigned = new Promise((resolve) => assignments(kari, resolve));
    const { orderId } = await order(jane, [{ product: 'sushi', quantity: 1 }], { text: '12 Lake Road', latitude: 59.93, longitude: 10.76 });
    follow(jane, orderId, ({ status, position }) => console.log(status, position?.latitude));
    await request('PATCH', '/orders/' + orderId + '/status', { status: 'accepted' });
    await request('PATCH', '/orders/' + orderId + '/status', { status: 'ready_for_pickup' });
    await request('GET', '/orders/active');
    await new Promise((resolve) => kari.state.name === 'connected' ? resolve() : kari.on('state', ({ name }) => name === 'connected' && resolve()));
    await request('POST', '/orders/' + orderId + '/assign', { driverId: 'kari' });
    console.log('assigned', (await assigned).orderId === orderId);
    await advance(kari, orderId, 'picked_up');
    reportPositions(kari)();`);
  const env = { HUB: hub.url, JANE: await hub.token('jane', 'customer'), KARI: await hub.token('kari', 'driver'), ADMIN: await hub.token('root', 'admin') };
  const app = Program.node(t, join(folder, 'app.mjs'), env);
  await app.lines(/^assigned true$/);
  await app.lines(/^The positions have ended\.$/);
  await app.lines(/^picked_up 59\.92$/);
});
