// The page of a store: new orders, those in the kitchen, those that wait for a driver.
import { useEffect, useMemo } from 'preact/hooks';
import { computed, effect, signal, useSignal } from '@preact/signals';
import { isAudible, isSoundOn, ring, switchSound, unlock } from './chime.js';
import { Connection, OfflineBanner, WrongRole, start } from './frame.js';
import { MakingCard, NewCard, ReadyCard } from './store-cards.js';
import { TodayList } from './store-today.js';
import { Orders } from './orders.js';
import { signOut } from './session.js';
import { Icon, html } from './ui.js';
import { keepAwake } from './wake-lock.js';

const NEW = new Set(['pending', 'payment_confirmed']);
const MAKING = new Set(['accepted', 'preparing']);
const READY = new Set(['ready_for_pickup', 'assigned_to_driver']);

/** The store of the signed-in user: its orders, its drivers' arrivals, and whether it is open. */
class Shop {
  orders = new Orders({ name: 'store', storage: localStorage });
  business = signal(null);
  error = signal('');

  /** By order id: `{etaMinutes, at}`, or `{arrivedAt}`. */
  arrivals = signal({});

  fresh = computed(() => this.#having(NEW, (order) => order.acceptBy ?? order.createdAt));
  making = computed(() => this.#having(MAKING, (order) => order.expectedReadyAt ?? order.createdAt));
  ready = computed(() => this.#having(READY, (order) => order.changedAt));
  others = computed(() => this.orders.all.value.filter(({ status }) => !NEW.has(status) && !MAKING.has(status) && !READY.has(status)));

  /** New orders that the store has touched: they ring no longer. */
  #touched = signal(new Set());
  #end;

  constructor() {
    this.orders.on('connected', () => this.#readBusiness());
    this.orders.on('business:status:update', ({ storeId, isOpen }) => {
      if (storeId === this.business.value?.storeId) {
        this.business.value = { ...this.business.value, isOpen };
      }
    });
    this.orders.on('order:status_update', ({ orderId, status }) =>
      status === 'accepted' && this.orders.reload(orderId)); // on another device of the store, with a time of its own
    this.orders.on('driver:arriving', ({ orderId, stop, etaMinutes, timestamp }) =>
      stop === 'pickup' && this.#arrive(orderId, { etaMinutes, at: Date.parse(timestamp) }));
    this.orders.on('driver:arrived', ({ orderId, stop, arrivedAt }) =>
      stop === 'pickup' && this.#arrive(orderId, { arrivedAt }));
    this.#end = [
      effect(() => ring(this.fresh.value.some(({ orderId }) => !this.#touched.value.has(orderId)))),
      effect(() => (document.title = `${this.fresh.value.length > 0 ? `(${this.fresh.value.length}) ` : ''}Store – Waybill`)),
    ];
    keepAwake(true);
  }

  touch = () => {
    this.#touched.value = new Set(this.fresh.value.map(({ orderId }) => orderId));
  };

  /** Does something, and shows why it failed. */
  run = async (work) => {
    this.error.value = '';
    try {
      await work;
    } catch (failure) {
      this.error.value = failure.message;
    }
  };

  async setOpen(isOpen) {
    this.business.value = { ...this.business.value, ...await this.orders.act('PATCH', '/business/status', { isOpen }) };
  }

  close() {
    this.#end.forEach((end) => end());
    ring(false);
    keepAwake(false);
    this.orders.close();
  }

  async #readBusiness() {
    try {
      this.business.value = await this.orders.request('GET', '/business');
    } catch (failure) {
      this.error.value = failure.message;
    }
  }

  #arrive(orderId, arrival) {
    this.arrivals.value = { ...this.arrivals.value, [orderId]: arrival };
  }

  #having(statuses, time) {
    return this.orders.all.value.filter(({ status }) => statuses.has(status))
      .sort((a, b) => Date.parse(time(a)) - Date.parse(time(b)));
  }
}

function Store() {
  const shop = useMemo(() => new Shop(), []);
  useEffect(() => () => shop.close(), [shop]);
  const { orders } = shop;
  const role = orders.me.value?.role;
  if (role && role !== 'merchant') {
    return html`<${WrongRole} orders=${orders} wanted="This page is for stores" />`;
  }
  return html`<div class="store" onPointerDown=${shop.touch} onKeyDown=${shop.touch} onClick=${unlock} onKeyUp=${unlock}>
    <header class="bar">
      <h1 class="name">${shop.business.value?.businessName ?? 'Store'}</h1>
      <${OpenSwitch} shop=${shop} />
      <button class="button switch" role="switch" aria-checked=${isSoundOn.value} onClick=${switchSound}>
        <span class="knob"></span>Sound
      </button>
      <${Connection} orders=${orders} />
      <button class="button bare" onClick=${() => signOut()}><${Icon} name="log-out" /><span class="visually-hidden">Sign out</span></button>
    </header>
    <div>
      <${OfflineBanner} orders=${orders} />
      ${isSoundOn.value && !isAudible.value && html`<p class="silent" role="status"><${Icon} name="bell" />Touch the page once, so that new orders can sound.</p>`}
      ${shop.business.value?.isOpen === false && html`<p class="silent" role="status"><${Icon} name="store" />The store is closed. No new orders come in.</p>`}
      ${shop.error.value && html`<p class="notice bad" role="alert">${shop.error.value}</p>`}
    </div>
    <main>
      ${orders.isLoaded.value ? html`<${Board} shop=${shop} />` : html`<p class="empty quiet">Loading the orders…</p>`}
    </main>
  </div>`;
}

function OpenSwitch({ shop }) {
  const isBusy = useSignal(false);
  const business = shop.business.value;
  if (!business) {
    return null;
  }
  const flip = async () => {
    isBusy.value = true;
    await shop.run(shop.setOpen(!business.isOpen));
    isBusy.value = false;
  };
  return html`<button class="button switch" role="switch" aria-checked=${business.isOpen} disabled=${isBusy.value} onClick=${flip}>
    <span class="knob"></span>${business.isOpen ? 'Open' : 'Closed'}
  </button>`;
}

function Board({ shop }) {
  return html`<div class="columns">
      <${Column} title="New" icon="bell" orders=${shop.fresh.value} empty="New orders appear here." Card=${NewCard} shop=${shop} />
      <${Column} title="Making" icon="chef-hat" orders=${shop.making.value} empty="Nothing is being made." Card=${MakingCard} shop=${shop} />
      <${Column} title="Waiting for the driver" icon="bike" orders=${shop.ready.value} empty="Nothing waits." Card=${ReadyCard} shop=${shop} />
    </div>
    <${TodayList} orders=${shop.others.value} />`;
}

function Column({ title, icon, orders, empty, Card, shop }) {
  return html`<section class="column" aria-label=${title}>
    <h2><${Icon} name=${icon} />${title}<span class="figure">${orders.length}</span></h2>
    ${orders.length === 0 && html`<p class="empty quiet">${empty}</p>`}
    ${orders.map((order) => html`<${Card} key=${order.orderId} order=${order} shop=${shop} />`)}
  </section>`;
}

await start(['merchant'], Store);
