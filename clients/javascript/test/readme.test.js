// The programs of the README, run as they stand there.
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
