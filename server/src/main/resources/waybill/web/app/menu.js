// The menu of an order or a driver: the same verbs as the keys.
import { useLayoutEffect, useRef } from 'preact/hooks';
import { signal } from '@preact/signals';
import { Icon, html } from './ui.js';

const EDGE = 8;

/** `{x, y, label, items}` while a menu is open; an item is `{text, icon, key?, run}`. */
const menu = signal(null);

/** Opens a menu where the pointer is; from the keyboard, below what has the focus. */
export function openMenu(event, label, items) {
  event.preventDefault();
  const box = event.target.getBoundingClientRect?.();
  const isPointer = event.clientX > 0 || event.clientY > 0;
  menu.value = { x: isPointer ? event.clientX : box.left + EDGE, y: isPointer ? event.clientY : box.bottom, label, items };
}

export function Menu() {
  return menu.value && html`<div role="region" aria-label="Menu"><${OpenMenu} key=${menu.value.label} ...${menu.value} /></div>`;
}

function OpenMenu({ x, y, label, items }) {
  const list = useRef();
  useLayoutEffect(() => { // before the first key
    const before = document.activeElement;
    const { offsetWidth, offsetHeight, style } = list.current;
    style.left = `${Math.max(EDGE, Math.min(x, innerWidth - offsetWidth - EDGE))}px`;
    style.top = `${Math.max(EDGE, Math.min(y, innerHeight - offsetHeight - EDGE))}px`;
    list.current.querySelector('button').focus();
    const closeOutside = (event) => list.current?.contains(event.target) || close();
    const onKeys = (event) => onKey(event, list.current);
    addEventListener('keydown', onKeys, true); // whatever has the focus: the keys are the menu's while it is open
    addEventListener('pointerdown', closeOutside, true);
    addEventListener('blur', close);
    return () => {
      removeEventListener('keydown', onKeys, true);
      removeEventListener('pointerdown', closeOutside, true);
      removeEventListener('blur', close);
      before?.focus({ preventScroll: true });
    };
  }, [x, y]);
  return html`<div class="menu" role="menu" aria-label=${label} ref=${list} onContextMenu=${(event) => event.preventDefault()}>
    <p class="quiet" aria-hidden="true">${label}</p>
    ${items.map(({ text, icon, key, run }) => html`<button key=${text} role="menuitem" tabindex="-1" aria-keyshortcuts=${key} onClick=${() => {
      close();
      run();
    }}><${Icon} name=${icon} /><span>${text}</span>${key && html`<kbd aria-hidden="true">${key}</kbd>`}</button>`)}
  </div>`;
}

function close() {
  menu.value = null;
}

function onKey(event, list) {
  event.stopPropagation();
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement);
  const next = { ArrowDown: (at + 1) % buttons.length, ArrowUp: (at + buttons.length - 1) % buttons.length, Home: 0, End: buttons.length - 1 }[event.key];
  if (next !== undefined) {
    event.preventDefault();
    buttons[next].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    event.preventDefault();
    close();
  }
}
