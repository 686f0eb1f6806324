// The folded parts of an order's panel: why its driver was chosen, proofs, public links, and who has received what.
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { costText } from './assign.js';
import { Fold, useOnce } from './fold.js';
import { loadFile } from './session.js';
import { Icon, clockTime, html } from './ui.js';

export function OrderDetails({ orders, order, history }) {
  const role = orders.me.value?.role;
  const isStaff = role === 'admin' || role === 'support';
  const shared = activeLinks(history);
  const props = { orders, order, version: history.at(-1)?.eventId, history };
  return html`<div class="folds">
    ${isStaff && html`<${Fold} title="Dispatch" aside=${order.driverId ? `why ${order.driverId}` : ''}>${() => html`<${Dispatch} ...${props} />`}<//>`}
    <${Fold} title="Proof of delivery" aside=${proofText(order, history)}>${() => html`<${Proof} ...${props} />`}<//>
    <${Fold} title="Tracking link" aside=${shared.length === 0 ? 'none' : `${shared.length} active`}>${() => html`<${Links} ...${props} shared=${shared} />`}<//>
    ${isStaff && html`<${Fold} title="Receipts">${() => html`<${Receipts} ...${props} />`}<//>`}
  </div>`;
}

const REASONS = {
  cheapest: 'Its trip is part of the cheapest assignment of all orders that waited.',
  earliest: 'It could be at the store first; costs were not compared.',
  bundled: 'It takes this order along with others of the store, or of one two minutes away.',
  no_candidate: 'No driver on duty could collect it soon.',
  candidates_taken: 'Its candidates cost less with other orders.',
};

function Dispatch({ orders, order, version }) {
  const { answer, failure } = useOnce(orders, `/orders/${order.orderId}/dispatch?limit=5`, version);
  if (!answer) {
    return html`<${Loading} failure=${failure} />`;
  }
  return answer.decisions.length === 0
    ? html`<p class="quiet">Dispatch has decided nothing for this order: it was assigned by hand, or claimed by its driver.</p>`
    : answer.decisions.map((decision) => html`<${Decision} key=${decision.decidedAt} decision=${decision} />`);
}

function Decision({ decision: { decidedAt, reason, driverId, candidates, weights } }) {
  const sorted = [...candidates].sort((a, b) => a.cost - b.cost);
  return html`<div class="decision">
    <p><strong>${driverId ?? 'No driver'}</strong> at ${clockTime(decidedAt)}. ${REASONS[reason]}</p>
    ${sorted.length > 0 && html`<ol class="costs" aria-label="Candidates, the cheapest first">${sorted.map((candidate) => html`
      <li key=${candidate.driverId} class=${candidate.driverId === driverId ? 'chosen' : ''}>
        <span>${candidate.driverId === driverId && html`<${Icon} name="check" />`}${candidate.driverId}</span>
        <span class="quiet">${costText(candidate)}</span>
        <span class="figure" title=${`${candidate.delay.toFixed(1)} min later + ${weights.emptyDriving} × ${candidate.emptyDriving.toFixed(1)} min empty + ${weights.waiting} × ${candidate.waiting.toFixed(1)} min of waiting`}>${candidate.cost.toFixed(1)}</span>
      </li>`)}</ol>
      <p class="quiet small">Cost in minutes: delay + ${weights.emptyDriving} × empty driving + ${weights.waiting} × waiting at the store.</p>`}
  </div>`;
}

const KINDS = { scan: 'Scan', pin: 'PIN', photo: 'Photo', signature: 'Signature' };

function proofText({ proofRequired = [] }, history) {
  const recorded = history.filter(({ event }) => event === 'proof').length;
  const missing = proofRequired.filter((kind) => !history.some((event) => event.event === 'proof' && event.kind === kind));
  return recorded === 0 && proofRequired.length === 0 ? 'none required' : `${recorded} recorded${missing.length > 0 ? `, ${missing.map((kind) => KINDS[kind]).join(' and ')} missing` : ''}`;
}

function Proof({ orders, order, version }) {
  const { answer, failure } = useOnce(orders, `/orders/${order.orderId}/proof`, version);
  const error = useSignal('');
  if (!answer) {
    return html`<${Loading} failure=${failure} />`;
  }
  const { proofs, missing } = answer;
  const save = async () => {
    try {
      const url = await loadFile(`/orders/${order.orderId}/proof/export`);
      Object.assign(document.createElement('a'), { href: url, download: `${order.orderNumber}-proof.zip` }).click();
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    } catch (failed) {
      error.value = failed.message;
    }
  };
  return html`
    ${missing.length > 0 && html`<p class="quiet">Still to be recorded: ${missing.map((kind) => KINDS[kind].toLowerCase()).join(', ')}.</p>`}
    ${proofs.length === 0 && missing.length === 0 && html`<p class="quiet">This order requires no proof, and none was recorded.</p>`}
    <ol class="evidence">${proofs.map((proof) => html`<li key=${proof.number}>
      <p><strong>${KINDS[proof.kind]}</strong>${proof.code && html` <code>${proof.code}</code>`}${proof.recipient && ` of ${proof.recipient}`}
        <span class="quiet"> ${proof.by.replace(/^\w+:/, '')}, ${clockTime(proof.occurredAt)}${proof.accuracy === undefined ? '' : `, within ${Math.round(proof.accuracy)} m`}</span></p>
      ${proof.imageUrl && html`<${ProofImage} order=${order} proof=${proof} />`}
    </li>`)}</ol>
    ${proofs.length > 0 && html`<button class="button" onClick=${save}><${Icon} name="download" />Export, signed</button>`}
    ${error.value && html`<p class="notice bad" role="alert">${error.value}</p>`}`;
}

/** An image that only a request with the token is sent. */
function ProofImage({ order, proof }) {
  const url = useSignal('');
  const failure = useSignal('');
  useEffect(() => {
    let isOver = false;
    loadFile(`/orders/${order.orderId}/proof/${proof.number}`).then(
      (loaded) => (isOver ? URL.revokeObjectURL(loaded) : (url.value = loaded)),
      (failed) => (failure.value = failed.message),
    );
    return () => {
      isOver = true;
      URL.revokeObjectURL(url.value);
    };
  }, [proof.number]);
  if (failure.value) {
    return html`<p class="notice bad" role="alert">${failure.value}</p>`;
  }
  return url.value && html`<img class=${proof.kind} src=${url.value} alt=${`${KINDS[proof.kind]} of ${order.orderNumber}`} />`;
}

/** The links that are neither revoked nor expired, as the history of the order has them. */
function activeLinks(history) {
  const links = new Map();
  for (const { event, linkId, linkExpiresAt, revokedLinkIds = [] } of history) {
    revokedLinkIds.forEach((id) => links.delete(id));
    if (event === 'link_shared') {
      links.set(linkId, linkExpiresAt);
    }
  }
  return [...links.values()].filter((expiresAt) => Date.parse(expiresAt) > Date.now());
}

const LINK_HOURS = [2, 24, 72];

function Links({ orders, order, shared }) {
  const link = useSignal(null);
  const hours = useSignal(24);
  const said = useSignal('');
  const attempt = async (work) => {
    said.value = '';
    try {
      await work();
      await orders.reload(order.orderId);
    } catch (failure) {
      said.value = failure.message;
    }
  };
  const create = () => attempt(async () => {
    link.value = await orders.request('POST', `/orders/${order.orderId}/share`, { expiresIn: hours.value * 3_600 });
  });
  const revoke = () => attempt(async () => {
    await orders.request('DELETE', `/orders/${order.orderId}/share`);
    link.value = null;
    said.value = 'All links are revoked.';
  });
  const copy = () => attempt(async () => {
    await navigator.clipboard.writeText(absolute(link.value.url));
    said.value = 'Copied.';
  });
  return html`
    <p class="quiet">Shows the order, its ETA and its driver without a sign-in. ${shared.length > 0 && html`${shared.length === 1 ? 'One link is' : `${shared.length} links are`} active, until ${clockTime(shared.at(-1))} at the latest.`}</p>
    ${link.value && html`<div class="link">
      <input readonly aria-label="Tracking link" value=${absolute(link.value.url)} onFocus=${(event) => event.target.select()} />
      <button class="button" onClick=${copy}><${Icon} name="copy" />Copy</button>
    </div>`}
    <div class="actions">
      <label class="inline">For<select onChange=${(event) => (hours.value = Number(event.target.value))}>
        ${LINK_HOURS.map((each) => html`<option key=${each} value=${each} selected=${each === hours.value}>${each} h</option>`)}</select></label>
      <button class="button" onClick=${create}><${Icon} name="link" />Create a link</button>
      ${(shared.length > 0 || link.value) && html`<button class="button danger" onClick=${revoke}>Revoke all</button>`}
    </div>
    <p class="quiet" role="status">${said.value}</p>`;
}

function absolute(url) {
  return new URL(url, location.origin).href;
}

const CHANNELS = { socket: 'live connection', store: 'confirms new orders', webhook: 'webhook', push: 'push message', mail: 'e-mail' };
const RECEIVED = new Set(['acknowledged', 'delivered']);
const STATES = { pending: 'waiting', sent: 'sent, not confirmed', closed: 'needed no more', skipped: 'skipped', dead: 'given up' };

function Receipts({ orders, order, version, history }) {
  const { answer, failure } = useOnce(orders, `/orders/${order.orderId}/receipts`, version);
  const urls = useWebhookUrls(orders);
  if (!answer) {
    return html`<${Loading} failure=${failure} />`;
  }
  const names = new Map(history.map((event) => [event.eventId, (event.event === 'pickup' ? event.status : event.event).replaceAll(/[_-]/g, ' ')]));
  const groups = [...Map.groupBy(answer.receipts, ({ channel, recipient }) => `${channel} ${recipient}`).values()];
  if (groups.length === 0) {
    return html`<p class="quiet">No event of this order has a recipient.</p>`;
  }
  return html`<ul class="receipts">${groups.map((receipts) => {
    const [{ channel, recipient }] = receipts;
    const received = receipts.filter(({ state }) => RECEIVED.has(state)).length;
    const open = receipts.filter(({ state }) => !RECEIVED.has(state));
    const isBad = open.some(({ state }) => state === 'dead');
    return html`<li key=${`${channel} ${recipient}`}>
      <p><strong>${urls.get(recipient) ?? recipient.replace(/^\w+:/, '')}</strong><span class="quiet">${CHANNELS[channel]}</span>
        <span class="figure state ${isBad ? 'bad' : ''}">${open.length === 0 && html`<${Icon} name="check" />`}${received} of ${receipts.length}</span></p>
      ${[...Map.groupBy(open, ({ state, outcome }) => `${STATES[state]}${outcome ? ` (${outcome})` : ''}`)].map(([said, of]) => html`<p key=${said} class="open ${of[0].state === 'dead' ? 'bad' : ''}">
        ${said}: ${of.map(({ eventId }) => names.get(eventId) ?? `event ${eventId}`).join(', ')}</p>`)}
    </li>`;
  })}</ul>`;
}

/** The addresses of the webhooks by their ids, which administrators alone may read. */
function useWebhookUrls(orders) {
  const urls = useSignal(new Map());
  useEffect(() => {
    if (orders.me.value?.role === 'admin') {
      orders.request('GET', '/webhooks').then(({ webhooks }) => (urls.value = new Map(webhooks.map(({ webhookId, url }) => [webhookId, url]))), () => {});
    }
  }, []);
  return urls.value;
}

function Loading({ failure }) {
  return failure ? html`<p class="notice bad" role="alert">${failure}</p>` : html`<p class="quiet">Loading…</p>`;
}
