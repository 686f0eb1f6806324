// The dashboard: the orders of the signed-in user, live.
import { render } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { signal, useSignal } from '@preact/signals';
import { Board } from './board.js';
import { OrderPanel } from './order-panel.js';
import { Orders } from './orders.js';
import { resumeSession, session, signOut } from './session.js';
import { SignIn } from './sign-in.js';
import { Icon, duration, html, now } from './ui.js';

/** The selected order is in the address, so that a link opens the same view. */
const selected = signal(null);

function readAddress() {
  selected.value = new URLSearchParams(location.search).get('order');
}

addEventListener('popstate', readAddress);

function select(orderId) {
  selected.value = orderId;
  history.pushState(null, '', orderId ? `?order=${orderId}` : location.pathname);
}

function App() {
  return session.value ? html`<${Dashboard} />` : html`<${SignIn} />`;
}

function Dashboard() {
  const orders = useMemo(() => new Orders(), []);
  const search = useSignal('');
  useEffect(() => () => orders.close(), [orders]);
  useKeys(orders, search);
  return html`<div class="dashboard ${selected.value ? 'has-selection' : ''}">
    <header class="bar">
      <strong class="brand">Waybill</strong>
      <label class="search"><${Icon} name="search" /><span class="visually-hidden">Search the orders</span>
        <input type="search" placeholder="Search" value=${search.value} onInput=${(event) => (search.value = event.target.value)} />
      </label>
      <${Connection} orders=${orders} />
      <button class="button bare" onClick=${() => signOut()}>
        <${Icon} name="log-out" /><span class="user">${orders.me.value ? `${orders.me.value.id}, ${orders.me.value.role}` : ''}</span>
        <span class="visually-hidden">Sign out</span>
      </button>
    </header>
    <aside>
      ${orders.isTruncated.value && html`<p class="notice">More orders are active than this page loads: it shows the first 2,000.</p>`}
      ${orders.isLoaded.value
        ? html`<${Board} orders=${orders} search=${search.value} selected=${selected.value} onSelect=${select} />`
        : html`<p class="empty quiet">Loading the orders…</p>`}
    </aside>
    <main>
      ${selected.value
        ? orders.isLoaded.value && html`<${OrderPanel} key=${selected.value} orders=${orders} orderId=${selected.value} onClose=${() => select(null)} />`
        : html`<${Overview} orders=${orders} />`}
    </main>
  </div>`;
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
    <h1>Orders</h1>
    <ul class="figures">${figures.map(([text, count]) => html`<li key=${text}><strong>${count}</strong><span>${text}</span></li>`)}</ul>
    <p class="quiet">Choose an order to see where it stands. Keys: <kbd>/</kbd> search, <kbd>J</kbd> next, <kbd>K</kbd> previous, <kbd>Esc</kbd> back.</p>
    <p class="quiet">For developers: <a href="/api/docs">the REST API</a>.</p>
  </div>`;
}

function useKeys(orders, search) {
  useEffect(() => {
    const onKey = (event) => {
      if (event.target.matches('input, textarea, select')) {
        if (event.key === 'Escape') {
          event.target.blur();
        }
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey) {
        return;
      }
      if (event.key === '/') {
        event.preventDefault();
        document.querySelector('.search input').focus();
      } else if (event.key === 'Escape') {
        select(null);
      } else if (event.key === 'j' || event.key === 'k') {
        step(event.key === 'j' ? 1 : -1);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [orders, search]);
}

/** Selects the next order of those that the list shows. */
function step(by) {
  const shown = [...document.querySelectorAll('[data-order]')];
  const at = shown.findIndex((row) => row.dataset.order === selected.value);
  const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
  if (next) {
    select(next.dataset.order);
    next.scrollIntoView({ block: 'nearest' });
  }
}

await resumeSession();
readAddress();
render(html`<${App} />`, document.getElementById('app'));
