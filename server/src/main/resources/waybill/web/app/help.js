// All keys and gestures.
import { useEffect, useRef } from 'preact/hooks';
import { Icon, html } from './ui.js';

const KEYS = [
  ['/', 'search'], ['J  K', 'next and previous order'], ['A', 'assign: the drivers by cost'], ['Z', 'fit the map to the selection, or to everything'],
  ['Space', 'follow the selected driver'], ['Esc', 'back'], ['?', 'this list'],
];
const GESTURES = [
  ['Drag an order', 'onto a driver of the list or the map: the cost is shown before the drop'],
  ['Ctrl-click', 'an order chooses it; Shift-click chooses all up to it'],
  ['Right-click', 'an order or a driver, in the list or on the map: what can be done with it'],
  ['Shift-drag', 'on the map chooses the orders whose destinations are inside'],
];

export function Help({ onClose }) {
  const dialog = useRef();
  useEffect(() => dialog.current.showModal(), []);
  return html`<dialog class="help" ref=${dialog} aria-label="Keys and gestures" onClose=${onClose} onCancel=${onClose}>
    <header><h2>Keys and gestures</h2><button class="button bare" onClick=${onClose}><${Icon} name="x" /><span class="visually-hidden">Close</span></button></header>
    <dl>${KEYS.map(([key, text]) => html`<div key=${key}><dt>${key.split('  ').map((one) => html`<kbd key=${one}>${one}</kbd> `)}</dt><dd>${text}</dd></div>`)}
      ${GESTURES.map(([key, text]) => html`<div key=${key}><dt>${key}</dt><dd>${text}</dd></div>`)}</dl>
  </dialog>`;
}
