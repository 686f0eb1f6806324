// What the pages for stores and drivers have around their content.
import { render } from 'preact';
import { Icon, clockTime, html, now } from './ui.js';
import { resumeSession, session, signOut } from './session.js';
import { SignIn } from './sign-in.js';

/** Shows a page to users of these roles, and the form to all others. */
export async function start(roles, Page) {
  await resumeSession();
  const App = () => (session.value ? html`<${Page} />` : html`<${SignIn} role=${roles[0]} />`);
  render(html`<${App} />`, document.getElementById('app'));
}

export function Connection({ orders }) {
  return orders.state.value.name === 'connected'
    ? html`<span class="connection live" role="status"><span class="dot"></span>Live</span>`
    : html`<span class="connection" role="status"><${Icon} name="wifi-off" />Offline</span>`;
}

/** What the hub answers within this time does not count as waiting. */
const PATIENCE_MS = 2_000;

/** Says that the hub cannot be reached, and what waits for it. */
export function OfflineBanner({ orders }) {
  const isOffline = orders.state.value.name !== 'connected' && orders.isLoaded.value;
  const isPatient = !isOffline && now.value - orders.waitingSinceMs < PATIENCE_MS;
  const waiting = isPatient ? 0 : orders.waiting.value;
  if (!isOffline && waiting === 0) {
    return null;
  }
  const last = orders.lastEventMs.value ? ` Last news at ${clockTime(orders.lastEventMs.value)}.` : '';
  return html`<p class="offline" role="status"><${Icon} name="wifi-off" />
    <span>${waiting > 0
      ? `${waiting === 1 ? '1 thing waits' : `${waiting} things wait`} for a connection.`
      : `No connection to the hub.${last}`}</span>
  </p>`;
}

/** Told to a user whose role has no use for the page. */
export function WrongRole({ orders, wanted }) {
  return html`<main class="sign-in">
    <h1>${wanted}</h1>
    <p class="notice">You are signed in as ${orders.me.value.id}, ${orders.me.value.role}.</p>
    <button class="button primary" onClick=${() => signOut()}>Sign in as another user</button>
  </main>`;
}

/** Seconds until a time of the hub's clock; never negative. */
export function secondsUntil(time, offsetMs) {
  return Math.max(0, Math.ceil((Date.parse(time) - now.value - offsetMs) / 1_000));
}

/** The part of an order number that a cook calls out. */
export function shortNumber({ orderNumber }) {
  return orderNumber.slice(orderNumber.lastIndexOf('-') + 1);
}
