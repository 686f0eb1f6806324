// What the pages around the orders share: answers of the hub that are asked for again, and tables.
import { useEffect } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { html } from './ui.js';

const EVERY_MS = 10_000;

/** The newest answer to a `GET`, asked for every ten seconds while the page is visible, and when `version` changes. */
export function useAnswer(orders, path, version) {
  const answer = useSignal(null);
  const failure = useSignal('');
  const load = async () => {
    try {
      answer.value = await orders.request('GET', path);
      failure.value = '';
    } catch (error) {
      failure.value = error.message;
    }
  };
  useEffect(() => {
    load();
    const timer = setInterval(() => document.visibilityState === 'visible' && load(), EVERY_MS);
    return () => clearInterval(timer);
  }, [path, version]);
  return { answer: answer.value, failure: failure.value };
}

/** @param columns the titles; @param rows cells, each a text or a template */
export function Table({ label, columns, rows, empty }) {
  if (rows.length === 0) {
    return html`<p class="quiet">${empty}</p>`;
  }
  return html`<div class="table-frame" tabindex="0" role="region" aria-label=${label}><table class="table">
    <thead><tr>${columns.map((title) => html`<th key=${title} scope="col">${title}</th>`)}</tr></thead>
    <tbody>${rows.map(({ key, cells }) => html`<tr key=${key}>${cells.map((cell, i) => html`<td key=${i}>${cell}</td>`)}</tr>`)}</tbody>
  </table></div>`;
}

export function Failure({ text }) {
  return text ? html`<p class="notice bad" role="alert">${text}</p>` : null;
}
