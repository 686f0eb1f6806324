import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Hub } from '../../test/hub.js';
import { Program } from '../../test/program.js';

const order = {
  storeId: 'acme-widgets',
  items: [{ product: 'tulips', quantity: 2 }],
  deliveryAddress: { text: 'Parkvägen 9', latitude: 59.915, longitude: 10.754 },
};

describe('a delivery in plain JavaScript', () => {
  test('a customer sees every status, and where the driver is', async (t) => {
    const hub = await Hub.start(t);
    const customer = await hub.token('ada', 'customer', { name: 'Ada' });
    const merchant = await hub.token('mia', 'merchant', { store: 'acme-widgets' });
    const driver = await hub.token('kari', 'driver', { name: 'Kari', phone: '+47 555' });
    const { orderId, orderNumber } = await hub.send('POST', '/api/v1/orders', customer, order);
    const move = (token, status) => hub.send('PATCH', `/api/v1/orders/${orderId}/status`, token, { status });

    const watching = Program.node(t, 'customer.js', { HUB: hub.url, TOKEN: customer, ORDER_ID: orderId });
    await watching.lines(/^Connected: ada customer$/);
    await watching.lines(/^Subscribed: pending$/);
    const phone = Program.node(t, 'driver.js', { HUB: hub.url, TOKEN: driver, EVERY_MS: '1000' });
    await phone.lines(/^Connected: kari driver$/);
    await move(merchant, 'accepted');
    await move(merchant, 'ready_for_pickup');
    await move(driver, 'assigned_to_driver');
    await phone.lines(new RegExp(`^Assigned: order ${orderNumber}$`));
    await move(driver, 'picked_up');
    await move(driver, 'in_transit');

    await phone.lines(/^Location received by the hub for/, 3);
    await watching.lines(/^Driver at: 59\.9145, 10\.7528$/);
    await watching.lines(/^New ETA: \d+ minutes$/);
    const tracking = Program.node(t, 'tracking.js', { HUB: hub.url, TOKEN: customer, ORDER_ID: orderId });
    const shown = JSON.parse(await tracking.output());
    assert.equal(shown.orderNumber, orderNumber);
    assert.equal(shown.status, 'in_transit');
    assert.equal(shown.driverAssigned, true);
    assert.equal(shown.driverName, 'Kari');
    assert.equal(shown.driverLatitude, 59.9145);
    assert.equal(typeof shown.etaMinutes, 'number');

    await move(driver, 'delivered');
    const statuses = await watching.lines(new RegExp(`^Order ${orderId} status: (\\w+)$`), 7);
    assert.deepEqual(
      statuses.map((line) => line[1]),
      ['pending', 'accepted', 'ready_for_pickup', 'assigned_to_driver', 'picked_up', 'in_transit', 'delivered'],
    );
  });

  test('a stranger is told nothing', async (t) => {
    const hub = await Hub.start(t);
    const customer = await hub.token('ada', 'customer');
    const stranger = await hub.token('bob', 'customer');
    const { orderId } = await hub.send('POST', '/api/v1/orders', customer, order);
    const spying = Program.node(t, 'customer.js', { HUB: hub.url, TOKEN: stranger, ORDER_ID: orderId });
    await spying.lines(/^Connected: bob customer$/);
    await spying.lines(/^Subscribed: (?!pending)/);
  });
});
