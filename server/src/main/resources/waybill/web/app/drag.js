// Dragging orders of the list onto a driver, in the list or on the map.
import { signal } from '@preact/signals';
import { previewText } from './assign.js';
import { Icon, html } from './ui.js';

const THRESHOLD = 6;

/** `{orderIds, title, x, y, driverId, preview}` while orders are dragged. */
export const drag = signal(null);

/** What a row needs to be dragged. @param context `{assignments, driverAt(x, y), setDragging(is)}` */
export function startDrag(event, { orderIds, title }, context) {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  const from = { x: event.clientX, y: event.clientY };
  const move = ({ clientX: x, clientY: y }) => {
    if (!drag.value && Math.hypot(x - from.x, y - from.y) < THRESHOLD) {
      return;
    }
    if (!drag.value) {
      begin(orderIds, title, context);
    }
    drag.value = { ...drag.value, x, y, driverId: driverUnder(x, y, context) };
  };
  const end = (isDropped) => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', drop);
    removeEventListener('pointercancel', cancel);
    removeEventListener('keydown', escape, true);
    const { driverId } = drag.value ?? {};
    if (drag.value) {
      drag.value = null;
      context.setDragging(false);
      swallowClick();
      if (isDropped && driverId) {
        context.assignments.assign(orderIds, driverId);
      }
    }
  };
  const drop = () => end(true);
  const cancel = () => end(false);
  const escape = (key) => {
    if (key.key === 'Escape' && drag.value) {
      key.stopPropagation();
      end(false);
    }
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', drop);
  addEventListener('pointercancel', cancel);
  addEventListener('keydown', escape, true);
}

/** A drag ends with a click, which comes before the next task and is not meant as one. */
export function swallowClick() {
  addEventListener('click', swallow, true);
  setTimeout(() => removeEventListener('click', swallow, true));
}

function swallow(click) {
  click.preventDefault();
  click.stopPropagation();
}

function begin(orderIds, title, context) {
  drag.value = { orderIds, title };
  context.setDragging(true);
  context.assignments.preview(orderIds[0]).then(
    (preview) => drag.value && (drag.value = { ...drag.value, preview }),
    (failure) => drag.value && (drag.value = { ...drag.value, failure: failure.message }),
  );
}

function driverUnder(x, y, context) {
  const element = document.elementFromPoint(x, y);
  return element?.closest('[data-driver]')?.dataset.driver
    ?? (element?.closest('.map') ? context.driverAt(x, y)?.id : undefined);
}

/** What follows the pointer: the orders, and what dropping them here would cost. */
export function Ghost() {
  const { orderIds, title, x, y, driverId, preview, failure } = drag.value ?? {};
  if (x === undefined) {
    return null;
  }
  const others = orderIds.length > 1 ? ` and ${orderIds.length - 1} more` : '';
  return html`<div class="ghost ${driverId ? 'over' : ''}" role="status" ref=${(element) => element && (element.style.transform = `translate(${x + 14}px, ${y + 10}px)`)}>
    <strong>${title}${others}</strong>
    <span>${driverId ? html`<${Icon} name="arrow-right" />${driverId}: ${failure ?? previewText(preview, driverId)}` : 'Drop it on a driver'}</span>
  </div>`;
}
