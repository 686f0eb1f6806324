// The dashboard: the orders of the signed-in user, live, and the pages around them.
import { render } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { signal, useSignal } from '@preact/signals';
import { Assignments, say, toast } from './assign.js';
import { Board } from './board.js';
import { drag, Ghost, startDrag } from './drag.js';
import { DriverPanel, Drivers } from './drivers.js';
import { Fleet } from './fleet.js';
import { Help } from './help.js';
import { useKeys } from './keys.js';
import { MapView } from './map-view.js';
import { Menu } from './menu.js';
import { OrderPanel } from './order-panel.js';
import { Orders } from './orders.js';
import { Page, pagesOf } from './pages.js';
import { resumeSession, session, signOut } from './session.js';
import { SignIn, signInFromAddress } from './sign-in.js';
import { Icon, duration, html, now } from './ui.js';
import { canAssign, openDriverMenu, openOrderMenu } from './verbs.js';

/** What is shown is in the address, so that a link opens the same view: `?order=…`, `?driver=…` or `?page=…`. */
const address = signal({ order: null, driver: null, page: null });

function readAddress() {
  const query = new URLSearchParams(location.search);
  address.value = { order: query.get('order'), driver: query.get('driver'), page: query.get('page') };
}

addEventListener('popstate', readAddress);

function show({ order = null, driver = null, page = null }) {
  address.value = { order, driver, page };
  const [name, value] = Object.entries(address.value).find(([, one]) => one) ?? [];
  const target = name ? `?${name}=${encodeURIComponent(value)}` : location.pathname;
  if (target !== (location.search || location.pathname)) {
    history.pushState(null, '', target);
  }
}

function App() {
  return session.value ? html`<${Dashboard} />` : html`<${SignIn} />`;
}

function Dashboard() {
  const orders = useMemo(() => new Orders(), []);
  const fleet = useMemo(() => new Fleet(orders.client), []);
  const assignments = useMemo(() => new Assignments(orders), []);
  const search = useSignal('');
  const picked = useSignal(new Set());
  const isHelpOpen = useSignal(false);
  const map = useRef(null);
  useEffect(() => () => orders.close(), [orders]);
  const { order, driver, page } = address.value;
  const role = orders.me.value?.role;
  const seesFleet = role === 'admin' || role === 'support';
  const pick = (ids) => (picked.value = new Set(ids));
  const toggle = (orderId, isRange) => (picked.value = toggled(picked.value, orderId, isRange ? address.value.order : null));
  const context = { orders, picked, map, show, toggle, assignments };
  const openMenuOf = (event, { order: orderId, driver: driverId }) =>
    orderId ? openOrderMenu(event, orderId, context) : driverId && openDriverMenu(event, driverId, context);
  const find = (words) => {
    search.value = words;
    if (page && page !== 'map') {
      show({}); // the list has what is found
    }
  };
  const actions = useMemo(() => ({
    select: (to) => {
      pick([]);
      show(to);
    },
    toggle,
    menu: openMenuOf,
    pick: (ids) => {
      pick(ids);
      say(ids.length === 0 ? 'No order has its destination there' : `${ids.length} orders chosen: A assigns them, or drag one onto a driver`);
    },
    say,
  }), []);
  useKeys({ address, show, picked, orders, map, isHelpOpen });
  const onDrag = (event, one) => {
    if (!canAssign(role, one)) {
      return;
    }
    const orderIds = picked.value.has(one.orderId) ? [one.orderId, ...[...picked.value].filter((id) => id !== one.orderId)] : [one.orderId];
    startDrag(event, { orderIds, title: one.customerName || one.orderNumber }, {
      assignments, driverAt: (x, y) => map.current?.driverAt(x, y), setDragging: (is) => map.current?.setDragging(is),
    });
  };
  const rowActions = { select: (id) => actions.select({ order: id }), pick: toggle, drag: onDrag, menu: (event, id) => openMenuOf(event, { order: id }) };
  const hasSelection = Boolean(order || driver || page);
  return html`<div class="dashboard ${hasSelection ? 'has-selection' : ''} ${drag.value ? 'is-dragging' : ''} ${page && page !== 'map' ? 'has-page' : ''} ${page === 'map' ? 'shows-map' : ''}">
    <header class="bar">
      <strong class="brand">Waybill</strong>
      <label class="search"><${Icon} name="search" /><span class="visually-hidden">Search the orders</span>
        <input type="search" placeholder="Search" value=${search.value} onInput=${(event) => find(event.target.value)} />
      </label>
      <${Connection} orders=${orders} />
      <button class="button bare" onClick=${() => signOut()}>
        <${Icon} name="log-out" /><span class="user">${orders.me.value ? `${orders.me.value.id}, ${orders.me.value.role}` : ''}</span>
        <span class="visually-hidden">Sign out</span>
      </button>
    </header>
    <${Rail} role=${role} page=${page} onHelp=${() => (isHelpOpen.value = true)} />
    ${page && page !== 'map'
      ? html`<main class="page"><${Page} name=${page} orders=${orders} orderId=${order} /></main>`
      : html`
        <aside aria-label="Orders" tabindex="0">
          ${orders.isTruncated.value && html`<p class="notice">More orders are active than this page loads: it shows the first 2,000.</p>`}
          ${picked.value.size > 0 && html`<p class="picked-bar"><strong>${picked.value.size} chosen</strong><button class="button bare" onClick=${() => pick([])}>Clear</button></p>`}
          ${orders.isLoaded.value
            ? html`<${Board} orders=${orders} search=${search.value} selected=${order} picked=${picked.value} actions=${rowActions}>
                ${seesFleet && html`<${Drivers} fleet=${fleet} selected=${driver} onSelect=${(id) => actions.select({ driver: id })}
                  onMenu=${(event, id) => openMenuOf(event, { driver: id })} />`}
              <//>`
            : html`<p class="empty quiet">Loading the orders…</p>`}
        </aside>
        <main class=${seesFleet ? 'with-map' : ''}>
          ${seesFleet && html`<${MapView} orders=${orders} fleet=${fleet} selection=${{ order, driver }} picked=${picked.value} actions=${actions} onReady=${(one) => (map.current = one)} />`}
          ${order ? orders.isLoaded.value && html`<div class="side" tabindex="0"><${OrderPanel} key=${order} orders=${orders} assignments=${assignments} orderId=${order} picked=${picked.value} onClose=${() => actions.select({})} /></div>`
            : driver ? html`<div class="side" tabindex="0"><${DriverPanel} fleet=${fleet} orders=${orders} map=${map} driverId=${driver} onSelect=${(id) => actions.select({ order: id })} onClose=${() => actions.select({})} /></div>`
              : html`<${Overview} orders=${orders} />`}
        </main>`}
    <${Ghost} />
    <${Menu} />
    <${Toast} />
    ${isHelpOpen.value && html`<${Help} onClose=${() => (isHelpOpen.value = false)} />`}
  </div>`;
}

/** The set with or without one order; with a range, all rows of the list between two. */
function toggled(set, orderId, fromId) {
  const next = new Set(set);
  const rows = [...document.querySelectorAll('[data-order]')].map((row) => row.dataset.order);
  const from = rows.indexOf(fromId);
  const to = rows.indexOf(orderId);
  if (from >= 0 && to >= 0) {
    rows.slice(Math.min(from, to), Math.max(from, to) + 1).forEach((id) => next.add(id));
  } else if (!next.delete(orderId)) {
    next.add(orderId);
  }
  return next;
}

function Rail({ role, page, onHelp }) {
  const entries = [{ name: null, title: 'Orders', icon: 'package' }, ...pagesOf(role)];
  return html`<nav class="rail" aria-label="Pages">
    ${entries.map(({ name, title, icon }) => html`<a key=${title} class=${name === 'map' ? 'phone-only' : ''} href=${name ? `?page=${name}` : location.pathname}
      aria-current=${page === name ? 'page' : undefined} title=${title}
      onClick=${(event) => {
        if (!event.ctrlKey && !event.metaKey) {
          event.preventDefault();
          show({ page: name });
        }
      }}><${Icon} name=${icon} /><span class="rail-title">${title}</span></a>`)}
    <button class="rail-help" title="Keys and gestures" aria-keyshortcuts="?" onClick=${onHelp}><${Icon} name="keyboard" /><span class="rail-title">Keys and gestures</span></button>
  </nav>`;
}

function Toast() {
  const { text, isBad, undo } = toast.value ?? {};
  return html`<div class="toast-place" aria-live="polite">${text && html`<p class="toast ${isBad ? 'bad' : ''}">${text}${undo && html`<button class="button bare" onClick=${undo}><${Icon} name="undo-2" />Undo</button>`}</p>`}</div>`;
}

/** How fresh the page is. */
function Connection({ orders }) {
  const { name, message } = orders.state.value;
  if (name === 'connected') {
    const last = orders.lastEventMs.value;
    return html`<span class="connection live" role="status"><span class="dot"></span>Live${last ? html`<span class="quiet age"> ${duration(now.value - last)}</span>` : ''}</span>`;
  }
  return html`<span class="connection" role="status" title=${message}><${Icon} name="wifi-off" />Reconnecting</span>`;
}

function Overview({ orders }) {
  const { needs, unassigned, moving, done } = orders.sections.value;
  const figures = [['need you', needs.length], ['without a driver', unassigned.length], ['under way', moving.length], ['done lately', done.length]];
  return html`<div class="overview">
    <h1 class="visually-hidden">Orders</h1>
    <ul class="figures">${figures.map(([text, count]) => html`<li key=${text}><strong>${count}</strong><span>${text}</span></li>`)}</ul>
    <p class="quiet hint"><kbd>?</kbd> shows all keys. For developers: <a href="/api/docs">the REST API</a>.</p>
  </div>`;
}

await resumeSession();
await signInFromAddress();
readAddress();
render(html`<${App} />`, document.getElementById('app'));
