// Which orders have a driver whose signal is lost: for what happened before the page was there to receive it.
import { batch } from '@preact/signals';

const PAGE = 500;

/** Drivers that are looked at. The events tell of the others. */
const DRIVERS_MAX = 5_000;

/** Marks the orders whose driver's signal is lost, and no others. @param rows signals of orders */
export async function markLost(client, role, rows) {
  const before = rows.map((row) => [row, row.value.lastSeenAt]);
  const lost = await findLost(client, role, rows.map((row) => row.value));
  batch(() => before.forEach(([row, lastSeenAt]) => {
    const found = lost.get(row.value.orderId) ?? null;
    if (row.value.lastSeenAt === lastSeenAt && found !== lastSeenAt) { // or an event was faster
      row.value = { ...row.value, lastSeenAt: found };
    }
  }));
}

/**
 * When the lost drivers of these orders were seen last, by order id. Administrators and support learn it of all orders, other users
 * of those that are marked already.
 */
async function findLost(client, role, orders) {
  const found = new Map();
  if (role === 'admin' || role === 'support') {
    const lost = await lostDrivers(client);
    orders.filter(({ driverId }) => lost.has(driverId)).forEach(({ orderId, driverId }) => found.set(orderId, lost.get(driverId)));
    return found;
  }
  for (const { orderId, lastSeenAt } of orders.filter((order) => order.lastSeenAt)) {
    if ((await client.request('GET', `/orders/${orderId}/tracking`)).signal === 'lost') {
      found.set(orderId, lastSeenAt);
    }
  }
  return found;
}

async function lostDrivers(client) {
  const lost = new Map();
  let cursor = '';
  let seen = 0;
  do {
    const { drivers, next } = await client.request('GET', `/drivers?limit=${PAGE}${cursor}`);
    drivers.filter(({ signal }) => signal === 'lost').forEach(({ driverId, recordedAt }) => lost.set(driverId, recordedAt));
    seen += drivers.length;
    cursor = next ? `&cursor=${encodeURIComponent(next)}` : '';
  } while (cursor && seen < DRIVERS_MAX);
  return lost;
}
