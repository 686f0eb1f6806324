// The orders of the page: loaded over REST, kept up to date by events.
import { batch, computed, signal } from '@preact/signals';
import { connect } from 'waybill';
import { now, relative } from './ui.js';
import { currentToken, signOut } from './session.js';
import { settings } from './settings.js';
import { markLost } from './signals.js';

/** Active orders that the page loads. Of more, it shows the newest, and says so. */
const ACTIVE_MAX = 2_000;
const PAGE = 500;

/** Ended orders that the page shows. */
const DONE_MAX = 50;

/** An order without a driver needs one after this time. */
const UNASSIGNED_AFTER_MS = 10 * 60_000;

export const DONE = new Set(['delivered', 'cancelled', 'declined', 'expired', 'returned']);
const WITHOUT_DRIVER = new Set(['accepted', 'preparing', 'ready_for_pickup']);
const ACCEPTED = new Set([...WITHOUT_DRIVER, 'assigned_to_driver']);

/** What the hub knows of one user's orders, live. */
export class Orders {
  /** Signals by order id: a change of one order draws one row. */
  #rows = signal(new Map());
  #client;

  /** `{name, message?}` of the connection, and when the last event came. */
  state = signal({ name: 'connecting' });
  lastEventMs = signal(0);
  me = signal(null);
  isLoaded = signal(false);
  isTruncated = signal(false);

  /** How much the hub's clock is ahead of this machine's. */
  clockOffsetMs = signal(0);

  /** Actions that wait for the hub, and since when there are some. */
  waiting = signal(0);
  waitingSinceMs = 0;

  /** @param options further ones of the client */
  constructor(options = {}) {
    this.#client = connect(location.origin, {
      token: currentToken, name: 'dashboard', socket: { path: settings.socketPath }, ...options,
    });
    this.#client.on('outbox', (length) => {
      this.waitingSinceMs = this.waiting.value > 0 ? this.waitingSinceMs : Date.now();
      this.waiting.value = length;
    });
    this.#client.on('state', (state) => this.#onState(state));
    this.#client.on('connected', (me) => {
      this.me.value = { id: me.userId, role: me.role };
      this.clockOffsetMs.value = Date.parse(me.serverTime) - Date.now();
      this.isLoaded.value ? this.#refreshSignals() : this.load();
    });
    this.#client.on('gap', () => this.load());
    this.#client.on('order:new', (order) => this.#refresh(order.orderId, order));
    this.#client.on('order:status_update', (update) => this.#onStatus(update));
    this.#client.on('driver:new_assignment', ({ orderId }) => this.#refresh(orderId));
    this.#client.on('driver:arriving', ({ orderId }) => this.row(orderId)?.value.driverId || this.#refresh(orderId));
    this.#client.on('driver:assignment_ended', ({ orderId }) => this.#remove(orderId));
    this.#client.on('order:delayed', ({ orderId, estimatedDeliveryTime }) =>
      this.#change(orderId, { delayed: true, expectedAt: estimatedDeliveryTime }));
    this.#client.on('order:delay_ended', ({ orderId }) => this.#change(orderId, { delayed: false }));
    this.#client.on('driver:signal_lost', ({ orderId, lastSeenAt }) => orderId && this.#change(orderId, { lastSeenAt }));
    this.#client.on('driver:signal_regained', ({ orderId }) => orderId && this.#change(orderId, { lastSeenAt: null }));
    this.#client.on('payment:received', ({ orderId }) => this.#refresh(orderId));
  }

  /** The list that each order is in: `needs`, `unassigned`, `moving` or `done`, the most urgent first. */
  sections = computed(() => {
    const sections = { needs: [], unassigned: [], moving: [], done: [] };
    for (const row of this.#rows.value.values()) {
      sections[sectionOf(row.value)].push(row);
    }
    sections.needs.sort((a, b) => due(a.value) - due(b.value));
    sections.unassigned.sort((a, b) => Date.parse(a.value.createdAt) - Date.parse(b.value.createdAt));
    sections.moving.sort((a, b) => due(a.value) - due(b.value));
    sections.done.sort((a, b) => Date.parse(b.value.changedAt) - Date.parse(a.value.changedAt));
    return sections;
  });

  /** All of them, in no order. */
  all = computed(() => [...this.#rows.value.values()].map((row) => row.value));

  row(orderId) {
    return this.#rows.value.get(orderId);
  }

  view(orderId) {
    return this.#client.order(orderId);
  }

  async load() {
    try {
      const { orders, isTruncated } = await this.#loadActive();
      const done = await this.#client.request('GET', `/orders?status=${[...DONE].join(',')}&limit=${DONE_MAX}`);
      batch(() => {
        this.#rows.value = new Map([...orders, ...done.orders].map((order) => [order.orderId, signal(shown(order))]));
        this.isTruncated.value = isTruncated;
        this.isLoaded.value = true;
      });
      this.#refreshSignals();
    } catch (error) {
      if (error.isTemporary) {
        setTimeout(() => this.load(), error.retryAfterMs ?? 3_000);
      } else {
        signOut(error.message);
      }
    }
  }

  /** Sends a request now; its error is for the user to read. */
  request(method, path, body) {
    return this.#client.request(method, path, body);
  }

  /** Calls the listener for every event of that name; returns what ends that. */
  on(event, listener) {
    return this.#client.on(event, listener);
  }

  /** Sends a request as soon as the hub can be reached, in order, and executed once. */
  act(method, path, body) {
    return this.#client.act(method, path, body);
  }

  reportPosition(position) {
    return this.#client.reportPosition(position);
  }

  /** Shows orders as they were when the page was closed, until they are loaded. */
  recall(orders) {
    if (!this.isLoaded.value) {
      this.#rows.value = new Map(orders.map((order) => [order.orderId, signal(order)]));
    }
  }

  /** Changes the status of an order, and shows it so at once; as the hub has it again if that refuses. */
  async moveAhead(orderId, status, more = {}) {
    this.#change(orderId, { status, changedAt: new Date().toISOString() });
    try {
      await this.move(orderId, status, more);
    } catch (error) {
      await this.#refresh(orderId);
      throw error;
    }
  }

  /** Changes the status of an order, also if the hub cannot be reached at this moment. */
  async move(orderId, status, more = {}) {
    const order = await this.#client.act('PATCH', `/orders/${orderId}/status`, {
      status, occurredAt: new Date().toISOString(), ...more,
    });
    this.#put(order);
  }

  get client() {
    return this.#client;
  }

  reload(orderId) {
    return this.#refresh(orderId);
  }

  async assign(orderId, driverId) {
    this.#put(await this.#client.act('POST', `/orders/${orderId}/assign`, { driverId }));
  }

  close() {
    this.#client.close();
  }

  async #loadActive() {
    const orders = [];
    let cursor = '';
    do {
      const page = await this.#client.request('GET', `/orders/active?limit=${PAGE}${cursor}`);
      orders.push(...page.orders);
      cursor = page.next ? `&cursor=${encodeURIComponent(page.next)}` : '';
    } while (cursor && orders.length < ACTIVE_MAX);
    return { orders, isTruncated: cursor !== '' };
  }

  #onState(state) {
    this.state.value = state;
    if (state.name === 'signed-out') {
      signOut(`The hub does not accept the token: ${state.message}`);
    }
  }

  #onStatus({ orderId, status, driverId, driverName, timestamp, eventId }) {
    const row = this.row(orderId);
    const hasLostDriver = row?.value.driverId && driverId === undefined && WITHOUT_DRIVER.has(status);
    if (!row || hasLostDriver) {
      this.#refresh(orderId);
      return;
    }
    const isOther = driverId !== undefined && driverId !== row.value.driverId;
    this.#change(orderId, {
      status, changedAt: timestamp, ...(driverId === undefined ? {} : { driverId, driverName }), ...(isOther && { lastSeenAt: null }),
    }, eventId);
    if (status === 'assigned_to_driver' && !this.row(orderId).value.driverId) {
      this.#refresh(orderId); // the event does not name the driver
    }
  }

  /** Events about signals are not sent again to a page that was away. */
  async #refreshSignals() {
    const rows = [...this.#rows.value.values()].filter(({ value }) => value.driverId && !DONE.has(value.status));
    await markLost(this.#client, this.me.value?.role, rows).catch(() => {}); // the next events tell
  }

  async #refresh(orderId) {
    this.lastEventMs.value = Date.now();
    try {
      this.#put(await this.#client.request('GET', `/orders/${orderId}`));
    } catch (error) {
      if (error.code === 'not_found' || error.code === 'forbidden') {
        this.#remove(orderId); // no longer this user's
      } else if (error.isTemporary && this.state.value.name !== 'closed') {
        setTimeout(() => this.#refresh(orderId), error.retryAfterMs ?? 3_000); // its event does not come again
      }
    }
  }

  #put(order) {
    const row = this.row(order.orderId);
    if (row && row.value.eventId > order.eventId) {
      return; // an event was faster
    }
    if (row) {
      row.value = shown(order);
    } else {
      this.#rows.value = new Map(this.#rows.value).set(order.orderId, signal(shown(order)));
    }
  }

  /** @param eventId of the order's event that changed it: an older state of it that comes late is not shown */
  #change(orderId, change, eventId) {
    this.lastEventMs.value = Date.now();
    const row = this.row(orderId);
    if (row && !(eventId < row.value.eventId)) {
      row.value = { ...row.value, ...change, ...(eventId === undefined ? {} : { eventId }) };
    }
  }

  #remove(orderId) {
    const rows = new Map(this.#rows.value);
    if (rows.delete(orderId)) {
      this.#rows.value = rows;
    }
  }
}

function shown(order) {
  return { changedAt: order.createdAt, lastSeenAt: null, ...order };
}

function sectionOf(order) {
  if (DONE.has(order.status)) {
    return 'done';
  }
  if (reason(order)) {
    return 'needs';
  }
  return ACCEPTED.has(order.status) && !order.driverId ? 'unassigned' : 'moving';
}

/** When something about the order is due, for sorting: the time by which it must be accepted, or was promised. */
function due(order) {
  return Date.parse(order.acceptBy ?? order.promisedAt ?? order.setDeliveryTime ?? order.createdAt);
}

/** Why an order needs attention, as `{text, level}`; undefined if it does not. */
export function reason(order) {
  if (order.status === 'pending' || order.status === 'payment_confirmed') {
    const text = order.acceptBy ? `Accept ${relative(order.acceptBy)}` : 'Not accepted yet';
    return { text, level: 'amber' };
  }
  if (order.delayed) {
    return { text: order.promisedAt ? `Late, promised ${relative(order.promisedAt)}` : 'Late', level: 'red' };
  }
  if (order.status === 'failed') {
    return { text: 'Delivery failed', level: 'red' };
  }
  if (order.lastSeenAt) {
    return { text: `No signal, seen ${relative(order.lastSeenAt)}`, level: 'red' };
  }
  if (order.status === 'ready_for_pickup' && !order.driverId
      && now.value - Date.parse(order.changedAt) > UNASSIGNED_AFTER_MS) {
    return { text: 'Ready, and has no driver', level: 'amber' };
  }
  return undefined;
}

/** A status in words. */
export function statusText(status) {
  const text = status.replaceAll('_', ' ');
  return text[0].toUpperCase() + text.slice(1);
}
