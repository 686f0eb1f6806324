// The map in the page: loaded after the lists, and absent where the browser draws none.
import { useEffect, useRef } from 'preact/hooks';
import { useSignal } from '@preact/signals';
import { swallowClick } from './drag.js';
import { canDraw } from './lazy.js';
import { html, loadStyles } from './ui.js';
import { settings } from './settings.js';

/** @param onReady is given the map, and null when it is gone */
export function MapView({ orders, fleet, selection, picked, actions, onReady }) {
  const container = useRef();
  const map = useRef(null);
  const failure = useSignal('');
  const lasso = useSignal(null);
  useEffect(() => {
    let isOver = false;
    if (!canDraw()) {
      failure.value = 'This browser draws no map, because WebGL 2 is off. Lists, orders and drivers work without it.';
      return undefined;
    }
    Promise.all([import('./order-map.js'), document.fonts.load('12px Inter'), loadStyles(document.body.dataset.mapCss)]).then(([{ OrderMap }]) => {
      if (!isOver) {
        map.current = new OrderMap(container.current, { fleet, orders, basemap: settings.basemap, attribution: settings.attribution, actions });
        map.current.select({ ...selection, picked });
        onReady(map.current);
      }
    }).catch((error) => (failure.value = `The map could not be loaded: ${error.message}`));
    return () => {
      isOver = true;
      map.current?.close();
      map.current = null;
      onReady(null);
    };
  }, []);
  useEffect(() => map.current?.select({ ...selection, picked }), [selection.order, selection.driver, picked]);
  const sections = orders.sections.value;
  useEffect(() => map.current?.ordersChanged(), [sections]);
  const begin = (event) => {
    if (event.shiftKey && event.button === 0 && map.current) {
      event.preventDefault();
      event.stopPropagation();
      drawLasso(event, container.current, lasso, (polygon) => actions.pick(map.current.ordersIn(polygon)));
    }
  };
  return html`<div class="map" onPointerDownCapture=${begin}>
    <div class="map-canvas" ref=${container}></div>
    ${lasso.value && html`<svg class="lasso" aria-hidden="true"><polygon points=${lasso.value.map(({ x, y }) => `${x},${y}`).join(' ')} /></svg>`}
    ${failure.value && html`<p class="notice no-map" role="status">${failure.value}</p>`}
  </div>`;
}

/** Follows the pointer until it is released; a line of three points and more is an area. */
function drawLasso(event, container, lasso, done) {
  const box = container.getBoundingClientRect();
  const at = ({ clientX, clientY }) => ({ x: clientX - box.left, y: clientY - box.top });
  lasso.value = [at(event)];
  const move = (next) => (lasso.value = [...lasso.value, at(next)]);
  const end = () => {
    removeEventListener('pointermove', move);
    removeEventListener('pointerup', end);
    const polygon = lasso.value;
    lasso.value = null;
    swallowClick();
    if (polygon.length > 2) {
      done(polygon);
    }
  };
  addEventListener('pointermove', move);
  addEventListener('pointerup', end);
}
