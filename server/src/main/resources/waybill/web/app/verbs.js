// What can be done with an order or a driver: by a key, or from its menu.
import { openMenu } from './menu.js';

const ASSIGNABLE = new Set(['accepted', 'preparing', 'ready_for_pickup']);

/** Whether the user may give the order a driver. */
export function canAssign(role, { driverId, status }) {
  return role === 'admin' && !driverId && ASSIGNABLE.has(status);
}

/** Opens the candidates of the selected order. */
export function openCandidates() {
  requestAnimationFrame(() => requestAnimationFrame(() => document.querySelector('.choose-driver')?.click()));
}

/** @param context `{orders, picked, map, show, toggle, assignments}` */
export function openOrderMenu(event, orderId, context) {
  const order = context.orders.row(orderId)?.value;
  if (order) {
    openMenu(event, order.customerName || order.orderNumber, orderItems(order, context));
  }
}

function orderItems(order, context) {
  const { orders, picked, show, toggle } = context;
  const selection = { order: order.orderId };
  const items = [{ text: 'Open', icon: 'package', run: () => show(selection) }];
  if (canAssign(orders.me.value?.role, order)) {
    items.push({ text: 'Assign a driver', icon: 'user', key: 'A', run: () => {
      show(selection);
      openCandidates();
    } });
  }
  items.push(...mapItems(selection, order.driverId, context));
  const isPicked = picked.value.has(order.orderId);
  items.push({ text: isPicked ? 'Choose no longer' : 'Choose', icon: isPicked ? 'x' : 'check', run: () => toggle(order.orderId) });
  return items;
}

export function openDriverMenu(event, driverId, context) {
  const { orders, picked, show, assignments } = context;
  const selection = { driver: driverId };
  const items = [{ text: 'Open', icon: 'bike', run: () => show(selection) }, ...mapItems(selection, driverId, context)];
  const chosen = [...picked.value];
  if (orders.me.value?.role === 'admin' && chosen.length > 0) {
    items.push({ text: `Assign the ${chosen.length} chosen`, icon: 'user', run: () => assignments.assign(chosen, driverId) });
  }
  openMenu(event, driverId, items);
}

function mapItems(selection, driverId, { map, picked, show }) {
  if (!map.current) {
    return [];
  }
  const onMap = (work) => () => {
    show(selection);
    map.current.select({ order: null, driver: null, ...selection, picked: picked.value });
    work(map.current);
  };
  return [
    { text: 'Show on the map', icon: 'map', key: 'Z', run: onMap((one) => one.fit()) },
    ...(driverId ? [{ text: `Follow ${driverId}`, icon: 'locate-fixed', key: 'Space', run: onMap((one) => one.follow(true)) }] : []),
  ];
}
