// The time machine: an order or a day as its clients saw it, at any speed, with a slider for its time.
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { MapView } from './map-view.js';
import { statusText } from './orders.js';
import { Replayed } from './replayed.js';
import { settings } from './settings.js';
import { Icon, html } from './ui.js';

const NONE = new Set();
const SPEEDS = [1, 10, 60];
const TICK_MS = 100;

/** The slider asks for another time at most so often while it is dragged. */
const SEEK_EVERY_MS = 150;

/** How many steps the arrow keys take from one end of the slider to the other. */
const STEPS = 1_440;
const DAY_MS = 24 * 3_600_000;

const dayText = new Intl.DateTimeFormat([], { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
const timeText = new Intl.DateTimeFormat([], { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** The day of a date in this time zone, as an input writes it. */
function dayOf(date) {
  const two = (number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

export default function TimeMachine({ orderId = null }) {
  const replayed = useMemo(() => new Replayed(), []);
  const speed = useSignal(10);
  const selection = useSignal({ order: orderId ?? settings.replay?.orderId ?? null, driver: null });
  const isConnected = replayed.isConnected.value;
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && replayed.tick(), TICK_MS);
    return () => {
      clearInterval(timer);
      replayed.close();
    };
  }, [replayed]);
  const start = (range) => {
    selection.value = { order: range.orderId ?? null, driver: null };
    replayed.start(range, speed.value);
  };
  useEffect(() => {
    if (isConnected) {
      const asked = orderId ?? settings.replay?.orderId;
      start(asked ? { orderId: asked } : settings.replay ?? rangeOf(dayOf(new Date())));
    }
  }, [isConnected]);
  const select = (to) => (selection.value = { order: to.order ?? null, driver: to.driver ?? null });
  const actions = useMemo(() => ({ select, toggle: () => {}, menu: (event) => event.preventDefault(), pick: () => {}, say: () => {} }), []);
  return html`<div class="replay">
    <${Controls} replayed=${replayed} speed=${speed} start=${start} orderId=${orderId} />
    <div class="replay-view">
      <div class="replay-map"><${MapView} orders=${replayed} fleet=${replayed} selection=${selection.value} picked=${NONE} actions=${actions} onReady=${() => {}} /></div>
      <${Orders} replayed=${replayed} selected=${selection.value.order} select=${select} />
    </div>
  </div>`;
}

function rangeOf(day) {
  const fromMs = Date.parse(`${day}T00:00:00`);
  return { from: new Date(fromMs).toISOString(), to: new Date(fromMs + DAY_MS).toISOString() };
}

function Controls({ replayed, speed, start, orderId }) {
  const replay = replayed.replay.value;
  const isPlaying = replay?.state === 'playing';
  const toggle = () => (isPlaying ? replayed.pause() : replayed.play());
  const choose = (next) => {
    speed.value = next;
    replayed.setSpeed(next);
  };
  useEffect(() => {
    const onKey = (event) => {
      if (event.target.closest('input:not([type=range]), textarea, select, button, a, dialog') || event.ctrlKey || event.metaKey || event.altKey || !replay) {
        return;
      }
      if (event.key === ' ') {
        event.preventDefault();
        toggle();
      } else if (['1', '2', '3'].includes(event.key)) {
        choose(SPEEDS[Number(event.key) - 1]);
      }
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [replay]);
  const submit = (event) => {
    event.preventDefault();
    const { day, order } = event.target.elements;
    start(order.value.trim() ? { orderId: order.value.trim() } : rangeOf(day.value));
  };
  return html`<section class="replay-controls" aria-label="Replay">
    ${!settings.replay && html`<form onSubmit=${submit}>
      <label class="inline">Day <input type="date" name="day" value=${dayOf(new Date())} max=${dayOf(new Date())} required /></label>
      <label class="inline">or order <input type="text" name="order" value=${orderId ?? ''} placeholder="its id" spellcheck="false" autocomplete="off" /></label>
      <button class="button">Show</button>
    </form>`}
    ${replayed.failure.value && html`<p class="notice bad" role="alert">${replayed.failure.value}</p>`}
    <div class="replay-buttons">
      <button class="button primary play" disabled=${!replay} onClick=${toggle} aria-keyshortcuts="Space">
        <${Icon} name=${isPlaying ? 'pause' : 'play'} />${isPlaying ? 'Pause' : 'Play'}
      </button>
      <div class="speeds" role="group" aria-label="Speed">
        ${SPEEDS.map((one, i) => html`<button key=${one} class="button figure" aria-pressed=${speed.value === one} aria-keyshortcuts=${i + 1} onClick=${() => choose(one)}>×${one}</button>`)}
      </div>
      <${Clock} replayed=${replayed} />
    </div>
    <${Slider} replayed=${replayed} />
  </section>`;
}

function Clock({ replayed }) {
  if (!replayed.replay.value) {
    return html`<p class="replay-clock quiet">${replayed.failure.value ? '' : 'Loading…'}</p>`;
  }
  const at = new Date(replayed.atMs.value);
  return html`<p class="replay-clock"><time datetime=${at.toISOString()}><strong class="figure">${timeText.format(at)}</strong> <span class="figure quiet">${dayText.format(at)}</span></time></p>`;
}

function Slider({ replayed }) {
  const pending = useRef({ timer: null, atMs: 0 });
  const replay = replayed.replay.value;
  const { from, to } = replay ?? { from: 0, to: 1 };
  const seek = (event) => {
    pending.current.atMs = from + Number(event.target.value);
    replayed.atMs.value = pending.current.atMs;
    pending.current.timer ??= setTimeout(() => {
      pending.current.timer = null;
      replayed.seek(pending.current.atMs);
    }, SEEK_EVERY_MS);
  };
  const at = new Date(replayed.atMs.value);
  const step = Math.max(1, Math.ceil((to - from) / STEPS));
  return html`<div class="replay-slider">
    <span class="figure quiet">${replay ? timeText.format(from) : ''}</span>
    <input type="range" aria-label="Time" min="0" max=${to - from} step=${step} value=${Math.max(0, replayed.atMs.value - from)} disabled=${!replay}
      aria-valuetext=${replay ? `${timeText.format(at)}, ${dayText.format(at)}` : ''} onInput=${seek} />
    <span class="figure quiet">${replay ? timeText.format(to) : ''}</span>
  </div>`;
}

function Orders({ replayed, selected, select }) {
  const { moving, done } = replayed.sections.value;
  const list = (title, rows) => html`<section class="section" aria-label=${title}>
    <h2 class="section-title"><span>${title}</span><span class="count figure">${rows.length}</span></h2>
    <ul>${rows.slice(0, 200).map((row) => html`<${Row} key=${row.value.orderId} row=${row} isSelected=${row.value.orderId === selected} select=${select} />`)}</ul>
  </section>`;
  return html`<div class="replay-orders" tabindex="0" role="region" aria-label="Orders">
    ${moving.length + done.length === 0 && html`<p class="empty quiet">No order is active at this time. Move the slider, or play on.</p>`}
    ${moving.length > 0 && list('Active', moving)}
    ${done.length > 0 && list('Ended since the time that was chosen', done)}
  </div>`;
}

function Row({ row, isSelected, select }) {
  const { orderId, orderNumber, storeId, driverId, status } = row.value;
  return html`<li><button class="row" data-order=${orderId} aria-pressed=${isSelected} onClick=${() => select({ order: isSelected ? null : orderId })}>
    <span class="where"><strong>${storeId}</strong><span class="quiet figure">${orderNumber.slice(orderNumber.indexOf('-') + 1)}</span></span>
    <span class="what"><span>${statusText(status)}</span><span class="quiet">${driverId ? html`<${Icon} name="bike" />${driverId}` : ''}</span></span>
  </button></li>`;
}
