// What every page is made of: templates, icons, times in words.
import { h } from 'preact';
import htm from 'htm';
import { signal } from '@preact/signals';
import { duration } from './words.js';

export { loadStyles } from './lazy.js';
export { clockTime, duration } from './words.js';

export const html = htm.bind(h);

const icons = document.body.dataset.icons;

/** A decorative icon: the text beside it says what it means. */
export function Icon({ name }) {
  return html`<svg class="icon" aria-hidden="true"><use href=${`${icons}#${name}`} /></svg>`;
}

/** The time of this machine, which moves every second while the page is visible. */
export const now = signal(Date.now());

setInterval(() => {
  if (document.visibilityState === 'visible') {
    now.value = Date.now();
  }
}, 1_000);

/** "in 4 min", "2 h ago"; seconds only below a minute. */
export function relative(time, atMs = now.value) {
  const ms = Date.parse(time) - atMs;
  const text = duration(Math.abs(ms));
  return ms >= 1_000 ? `in ${text}` : `${text} ago`;
}

export function Time({ at }) {
  return html`<time datetime=${at} title=${new Date(at).toLocaleString()}>${relative(at)}</time>`;
}

/** An amount as the browser's language writes it. */
export function money(amount, currency) {
  return new Intl.NumberFormat([], { style: 'currency', currency }).format(amount);
}
