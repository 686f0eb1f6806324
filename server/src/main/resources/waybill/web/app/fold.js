// A part of a panel that is loaded when it is opened.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Icon, html } from './ui.js';

/** @param children drawn while it is open */
export function Fold({ title, aside, children }) {
  const isOpen = useSignal(false);
  return html`<section class="fold" aria-label=${title}>
    <h2><button aria-expanded=${isOpen.value} onClick=${() => (isOpen.value = !isOpen.value)}>
      <${Icon} name="chevron-right" /><span>${title}</span>${aside && html`<span class="quiet">${aside}</span>`}
    </button></h2>
    ${isOpen.value && html`<div>${children()}</div>`}
  </section>`;
}

/** The answer to a `GET`, asked for again when `version` changes: `{answer?, failure?}`. */
export function useOnce(orders, path, version) {
  const state = useSignal({});
  useEffect(() => {
    let isOver = false;
    orders.request('GET', path).then(
      (answer) => isOver || (state.value = { answer }),
      (failure) => isOver || (state.value = { ...state.value, failure: failure.message }),
    );
    return () => (isOver = true);
  }, [path, version]);
  return state.value;
}
