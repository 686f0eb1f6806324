// The pages around the orders, each loaded when it is opened.
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { html } from './ui.js';

const PAGES = [
  { name: 'map', title: 'Map', icon: 'map', roles: ['admin', 'support'] },
  { name: 'analytics', title: 'Analytics', icon: 'chart-line', roles: ['admin', 'support'], load: () => import('./page-analytics.js') },
  { name: 'queues', title: 'Queues', icon: 'list', roles: ['admin', 'support', 'merchant'], load: () => import('./page-queues.js') },
  { name: 'business', title: 'Business', icon: 'store', roles: ['admin', 'merchant'], load: () => import('./page-business.js') },
  { name: 'messages', title: 'Messages', icon: 'send', roles: ['admin', 'support'], load: () => import('./page-messages.js') },
  { name: 'replay', title: 'Replay', icon: 'history', roles: ['admin'], load: () => import('./page-replay.js') },
  { name: 'webhooks', title: 'Webhooks', icon: 'webhook', roles: ['admin'], load: () => import('./page-webhooks.js') },
];

export function pagesOf(role) {
  return PAGES.filter(({ roles }) => roles.includes(role));
}

/** @param orderId the order that the address names, if it names one */
export function Page({ name, orders, orderId }) {
  const content = useSignal(null);
  const failure = useSignal('');
  const role = orders.me.value?.role;
  const page = pagesOf(role).find((one) => one.name === name);
  useEffect(() => {
    content.value = null;
    page?.load().then((module) => (content.value = { Content: module.default }), (error) => (failure.value = error.message));
  }, [page]);
  if (role && !page) {
    return html`<p class="notice">There is no such page for ${role}.</p>`;
  }
  const { Content } = content.value ?? {};
  return html`<div class="page-content">
    <h1>${page?.title ?? ''}</h1>
    ${failure.value && html`<p class="notice bad" role="alert">${failure.value}</p>`}
    ${Content && html`<${Content} orders=${orders} orderId=${orderId} />`}
  </div>`;
}
