// A client that subscribes once, as apps do, and whose line breaks.
import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { io } from 'socket.io-client';
import { Hub } from '../../test/hub.js';
import { Line } from '../../test/line.js';

const WAIT_MAX_MS = 60_000;

const order = {
  storeId: 'acme-widgets',
  items: [{ product: 'tulips', quantity: 2 }],
  deliveryAddress: { text: 'Parkvägen 9', latitude: 59.915, longitude: 10.754 },
};

/** An app that subscribes once and keeps what it hears. */
class App {
  heard = [];
  #waiting = new Set();

  constructor(t, port, token, options = {}) {
    this.socket = io(`http://127.0.0.1:${port}/realtime`, { auth: { token }, ...options });
    this.socket.onAny((event, data, ...more) => {
      assert.deepEqual(more, [], `${event} has one argument`);
      this.heard.push({ event, data });
      for (const look of this.#waiting) look();
    });
    this.socket.on('connect', () => this.#waiting.forEach((look) => look()));
    t.after(() => this.socket.disconnect());
  }

  until(condition, what) {
    return new Promise((resolve, reject) => {
      const tooLate = setTimeout(
        () => reject(new Error(`${what} (heard: ${JSON.stringify(this.heard)})`)),
        WAIT_MAX_MS,
      );
      const look = () => {
        if (condition()) {
          clearTimeout(tooLate);
          this.#waiting.delete(look);
          resolve();
        }
      };
      this.#waiting.add(look);
      look();
    });
  }

  statuses() {
    return this.heard.filter((one) => one.event === 'order:status_update').map((one) => one.data.status);
  }

  async status(status) {
    await this.until(() => this.statuses().includes(status), status);
  }

  /** Lets the driver report where it is, as drivers do again and again, until the app hears of it. */
  async sees(drive) {
    const before = this.heard.length;
    const isSeen = () => this.heard.slice(before).some((one) => one.event === 'driver:location_update');
    const seen = this.until(isSeen, 'driver:location_update');
    while (!isSeen()) await drive(10.75);
    await seen;
  }
}

/** A delivery on its way, with its customer watching. */
async function delivery(t, hub, port) {
  const customer = await hub.token('ada', 'customer');
  const merchant = await hub.token('mia', 'merchant', { store: 'acme-widgets' });
  const driver = await hub.token('kari', 'driver');
  const { orderId } = await hub.send('POST', '/api/v1/orders', customer, order);
  const move = (token, status) => hub.send('PATCH', `/api/v1/orders/${orderId}/status`, token, { status });
  const app = new App(t, port, customer);
  await app.until(() => app.socket.connected, 'connect');
  const { ok } = await app.socket.timeout(WAIT_MAX_MS).emitWithAck('subscribe:order', { orderId });
  assert.ok(ok);
  await move(merchant, 'accepted');
  await move(merchant, 'ready_for_pickup');
  await move(driver, 'assigned_to_driver');
  await app.status('assigned_to_driver');
  const drive = (longitude) =>
    hub.send('POST', '/api/v1/drivers/me/location', driver, { latitude: 59.91, longitude, orderId });
  return { app, merchant, driver, move, drive };
}

describe('a client that comes back', () => {
  test('a short cut is recovered: nothing is lost, what comes again is known by its eventId, positions go on', async (t) => {
    const hub = await Hub.start(t);
    const line = await Line.to(t, new URL(hub.url).port);
    const { app, driver, move, drive } = await delivery(t, hub, line.port);
    const { id } = app.socket;
    line.cut();
    if (app.socket.connected) await new Promise((resolve) => app.socket.once('disconnect', resolve));
    await move(driver, 'picked_up');
    await line.mend();
    await app.status('picked_up');
    assert.equal(app.socket.recovered, true);
    assert.equal(app.socket.id, id);
    await move(driver, 'in_transit');
    await app.status('in_transit');
    await app.sees(drive);
    assert.deepEqual(app.statuses().slice(-3), ['assigned_to_driver', 'picked_up', 'in_transit']);
    const updates = app.heard.filter((one) => one.event === 'order:status_update').map((one) => one.data);
    const seen = [...new Map(updates.map((update) => [update.eventId, update.status])).values()];
    assert.deepEqual(seen, ['pending', 'accepted', 'ready_for_pickup', 'assigned_to_driver', 'picked_up', 'in_transit']);
  });

  test('after kill -9 it is sent what it missed, and positions go on', async (t) => {
    const data = mkdtempSync(join(tmpdir(), 'waybill-example-'));
    const first = await Hub.startOn(t, data, 0);
    const port = new URL(first.url).port;
    const { app, driver, move, drive } = await delivery(t, first, port);
    await first.kill();
    await Hub.startOn(t, data, port);
    await move(driver, 'picked_up');
    await app.status('picked_up');
    await app.sees(drive);
    assert.deepEqual(app.statuses().slice(-2), ['assigned_to_driver', 'picked_up']);
  });

  test('a user who was away is sent its notification and its assignment on connecting', async (t) => {
    const hub = await Hub.start(t);
    const port = new URL(hub.url).port;
    const admin = await hub.token('root', 'admin');
    const driver = await hub.token('kari', 'driver');
    const app = new App(t, port, driver);
    await app.until(() => app.heard.length > 0, 'connected');
    app.socket.disconnect();
    const customer = await hub.token('ada', 'customer');
    const merchant = await hub.token('mia', 'merchant', { store: 'acme-widgets' });
    const { orderId } = await hub.send('POST', '/api/v1/orders', customer, order);
    await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, merchant, { status: 'accepted' });
    await hub.send('POST', `/api/v1/orders/${orderId}/assign`, merchant, { driverId: 'kari' });
    await hub.send('POST', '/api/v1/notifications', admin, {
      userId: 'kari',
      role: 'driver',
      title: 'Hello',
      message: 'A word',
      type: 'info',
    });
    const again = new App(t, port, driver);
    await again.until(() => again.heard.length >= 3, 'what was missed');
    assert.deepEqual(
      again.heard.map((one) => one.event),
      ['connected', 'driver:new_assignment', 'notification:new'],
    );
  });
});
