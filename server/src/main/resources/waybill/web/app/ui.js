// What every page is made of: templates, icons, times in words.
import { h } from 'preact';
import htm from 'htm';
import { signal } from '@preact/signals';

export const html = htm.bind(h);

/** Loads a style sheet of a library with its first use; resolves when it applies. */
export function loadStyles(href) {
  if (document.querySelector(`link[href="${href}"]`)) {
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href, onload: resolve, onerror: () => reject(new Error(href)) });
    document.head.prepend(link);
  });
}

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

const MINUTE = 60_000;

/** "in 4 min", "2 h ago"; seconds only below a minute. */
export function relative(time, atMs = now.value) {
  const ms = Date.parse(time) - atMs;
  const text = duration(Math.abs(ms));
  return ms >= 0 ? `in ${text}` : `${text} ago`;
}

export function duration(ms) {
  if (ms < MINUTE) {
    return `${Math.floor(ms / 1_000)} s`;
  }
  if (ms < 60 * MINUTE) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  return ms < 24 * 60 * MINUTE ? `${Math.floor(ms / (60 * MINUTE))} h` : `${Math.floor(ms / (24 * 60 * MINUTE))} d`;
}

export function clockTime(time) {
  return new Date(time).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
}

export function Time({ at }) {
  return html`<time datetime=${at} title=${new Date(at).toLocaleString()}>${relative(at)}</time>`;
}

/** An amount as the browser's language writes it. */
export function money(amount, currency) {
  return new Intl.NumberFormat([], { style: 'currency', currency }).format(amount);
}
