import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { Hub } from '../../test/hub.js';
import { Program } from '../../test/program.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

/** The commands of the README, each with what its reader has to fill in. */
function commands(hub, token) {
  return [...readme.matchAll(/^```sh\n(.*?)^```$/gms)]
    .flatMap(([, block]) => block.split(/^(?=curl )/m))
    .map((command) =>
      command
        .replace('http://localhost:5000', hub.url)
        .replace('YOUR_TOKEN', token)
        .replace('PRODUCT_ID', 'margherita')
        .replace(/^curl /, 'curl --silent --show-error --fail-with-body '),
    );
}

const run = (command) => execFileSync('sh', ['-c', command], { encoding: 'utf8' });

describe('a shop in plain JavaScript', () => {
  test('the README can be followed, and who listens sees it', async (t) => {
    const hub = await Hub.start(t);
    const root = await hub.token('root', 'admin');
    const TOKEN = root;
    const looking = Program.node(t, 'test-socket.js', { HUB: hub.url });
    await looking.lines(/^Connected: \S+$/);
    await looking.lines(/^Registered: ada customer$/);
    const admin = Program.node(t, 'admin.js', { HUB: hub.url, TOKEN, USER_ID: 'root' });
    await admin.lines(/^Registered: root admin$/);

    const [health, polling, closed, open, placed, issued] = commands(hub, root).map(run);
    assert.ok(JSON.parse(health).status);
    assert.match(polling, /^0\{"sid":/);
    const bare = await fetch(`${hub.url}/socket.io/`);
    assert.deepEqual([bare.status, await bare.json()], [400, { code: 0, message: 'Transport unknown' }]);
    assert.equal(JSON.parse(closed).isOpen, false);
    assert.equal(JSON.parse(open).isOpen, true);
    assert.equal(JSON.parse(placed).items[0].product, 'margherita');
    assert.ok(JSON.parse(issued).token);

    await looking.lines(/^Business update: .* is closed$/);
    await looking.lines(/^Business update: .* is open$/);
    await admin.lines(/^New order from /);
  });

  test('a customer without a token hears of their order where everybody is believed', async (t) => {
    const hub = await Hub.start(t);
    const looking = Program.node(t, 'test-socket.js', { HUB: hub.url, USER_ID: 'bob' });
    await looking.lines(/^Registered: bob customer$/);
    const order = { items: [{ product: 'margherita', quantity: 1 }], deliveryAddress: 'Parkvägen 9' };
    await hub.send('POST', '/api/v1/orders', await hub.token('bob', 'customer'), order);
    await looking.lines(/^Order update: pending$/);
  });

  test('customer, driver and admin follow one order with one service', async (t) => {
    const hub = await Hub.start(t);
    const [ada, kari, root] = await Promise.all([
      hub.token('ada', 'customer', { name: 'Ada' }),
      hub.token('kari', 'driver'),
      hub.token('root', 'admin'),
    ]);
    const admin = Program.node(t, 'admin.js', { HUB: hub.url, TOKEN: root, USER_ID: 'root' });
    const phone = Program.node(t, 'delivery.js', { HUB: hub.url, TOKEN: kari, USER_ID: 'kari', EVERY_MS: '1000' });
    await admin.lines(/^Registered: root admin$/);
    await phone.lines(/^Registered: kari driver$/);

    const { orderId, orderNumber } = await hub.send('POST', '/api/v1/orders', ada, {
      items: [{ product: 'margherita', quantity: 2, price: 950 }],
      deliveryAddress: 'Parkvägen 9',
    });
    await admin.lines(/^New order from Ada: 19$/);
    const customer = Program.node(t, 'customer.js', { HUB: hub.url, TOKEN: ada, USER_ID: 'ada', ORDER_ID: orderId });
    await customer.lines(/^Registered: ada customer$/);

    const at = `/api/v1/orders/${orderId}`;
    await hub.send('POST', `${at}/payment`, root, { amount: 1900, paymentMethod: 'card' });
    for (const status of ['accepted', 'ready_for_pickup']) await hub.send('PATCH', `${at}/status`, root, { status });
    await hub.send('POST', `${at}/assign`, root, { driverId: 'kari' });
    await phone.lines(new RegExp(`^Assigned: order ${orderNumber}$`));
    await hub.send('PATCH', '/api/v1/drivers/me/status', kari, { status: 'busy' });
    for (const status of ['picked_up', 'in_transit']) await hub.send('PATCH', `${at}/status`, kari, { status });
    await customer.lines(/^Driver at: 59\.9139, 10\.7522$/);
    await hub.send('PATCH', `${at}/status`, kari, { status: 'delivered' });
    await hub.send('POST', '/api/v1/notifications', root, { userId: 'ada', title: 'Thanks', message: 'Come again' });
    await hub.send('POST', '/api/v1/offers', root, { code: 'AGAIN', description: 'A tenth off', discountValue: 10 });

    const statuses = ['pending', 'payment_confirmed', 'accepted', 'ready_for_pickup', 'assigned_to_driver']
      .concat('picked_up', 'in_transit', 'delivered');
    const seen = await customer.lines(new RegExp(`^Order ${orderId} is (\\w+): `), statuses.length);
    assert.deepEqual(seen.map((line) => line[1]), statuses);
    await customer.lines(/^Paid: 19 by card$/);
    await customer.lines(/^Thanks: Come again$/);
    await customer.lines(/^AGAIN: A tenth off$/);
    await admin.lines(/^Payment received: 19 by card$/);
    await admin.lines(/^kari is busy$/);
    await admin.lines(new RegExp(`^Order ${orderId} is delivered$`));
  });

  test('an order that is called off is called off for its customer', async (t) => {
    const hub = await Hub.start(t);
    const ada = await hub.token('ada', 'customer');
    const { orderId, orderNumber } = await hub.send('POST', '/api/v1/orders', ada, {
      items: [{ product: 'margherita', quantity: 2 }],
      deliveryAddress: 'Parkvägen 9',
    });
    const customer = Program.node(t, 'customer.js', { HUB: hub.url, TOKEN: ada, USER_ID: 'ada', ORDER_ID: orderId });
    await customer.lines(/^Registered: ada customer$/);
    await hub.send('POST', `/api/v1/orders/${orderId}/cancel`, ada, { reason: 'changed my mind' });
    await customer.lines(new RegExp(`^Order ${orderNumber} is called off: changed my mind$`));
  });
});
