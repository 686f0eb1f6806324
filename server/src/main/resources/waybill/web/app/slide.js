// A step that cannot be undone: it is slid to the end, or pressed and then confirmed elsewhere, so that a pocket takes none.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { Icon, html } from './ui.js';

/** The share of the way from which the step is taken. */
const FAR_ENOUGH = 0.9;

/** A pointer that moved less has pressed. */
const PRESS_PX = 6;

/** @param question asked of who presses it, which needs no sliding: by keyboard, screen reader or finger */
export function Slide({ label, question, isOff = false, onDone }) {
  const isAsking = useSignal(false);
  return isAsking.value
    ? html`<${Question} label=${label} question=${question} onDone=${onDone} onBack=${() => (isAsking.value = false)} />`
    : html`<${Track} label=${label} isOff=${isOff} onDone=${onDone} onPress=${() => (isAsking.value = true)} />`;
}

function Track({ label, isOff, onDone, onPress }) {
  const drag = useRef(null);
  const way = useSignal(0);
  const begin = (event) => {
    const { width, height } = event.currentTarget.getBoundingClientRect();
    drag.current = { x: event.clientX, length: width - height, isMoved: false };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const move = ({ clientX }) => {
    if (drag.current) {
      const { x, length } = drag.current;
      drag.current.isMoved ||= Math.abs(clientX - x) > PRESS_PX;
      way.value = Math.min(1, Math.max(0, (clientX - x) / length));
    }
  };
  const release = () => {
    const isDone = way.value >= FAR_ENOUGH;
    way.value = isDone ? 1 : 0;
    if (drag.current && isDone) {
      onDone();
    }
  };
  const press = () => {
    const isMoved = drag.current?.isMoved;
    drag.current = null;
    if (!isMoved) {
      onPress();
    }
  };
  const cancel = () => {
    drag.current = null;
    way.value = 0;
  };
  return html`<button class="button primary big slide" disabled=${isOff} data-dragged=${way.value > 0} style=${{ '--way': way.value }}
      onPointerDown=${begin} onPointerMove=${move} onPointerUp=${release} onPointerCancel=${cancel} onClick=${press}>
    <span class="knob" aria-hidden="true"><${Icon} name="chevron-right" /><${Icon} name="chevron-right" /></span><span class="word">${label}</span>
  </button>`;
}

function Question({ label, question, onDone, onBack }) {
  const yes = useRef(null);
  useEffect(() => yes.current.focus(), []);
  return html`<div class="question" role="group" aria-label=${question} onKeyDown=${({ key }) => key === 'Escape' && onBack()}>
    <p>${question}</p>
    <button class="button primary" ref=${yes} onClick=${onDone}>${label}</button>
    <button class="button" onClick=${onBack}>Not yet</button>
  </div>`;
}
