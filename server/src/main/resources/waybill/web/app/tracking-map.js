// The map of a tracking link: there while the order is the driver's next stop, and before and after that not.
import { loadMap } from './lazy.js';

/** An older position is not where the driver is. */
const STALE_MS = 60_000;

export class TrackingMap {
  #before;
  #frame = null;
  #map = null;
  #order = {};

  /** @param before the element that the map stands behind */
  constructor(before) {
    this.#before = before;
  }

  show(order) {
    this.#order = order;
    if (order.ended || order.position?.precision !== 'exact') {
      this.close();
    } else if (this.#frame) {
      this.#draw();
    } else {
      this.#open();
    }
  }

  close() {
    this.#map?.close();
    this.#frame?.remove();
    this.#map = null;
    this.#frame = null;
  }

  async #open() {
    const frame = Object.assign(document.createElement('div'), { className: 'map' });
    const canvas = document.createElement('div');
    const refit = Object.assign(document.createElement('button'), { type: 'button', className: 'refit', textContent: 'Show the whole way', hidden: true });
    frame.append(canvas, refit);
    this.#frame = frame;
    this.#before.after(frame);
    const map = await loadMap(canvas, { basemap: document.body.dataset.basemap, onMoved: (isMoved) => (refit.hidden = !isMoved) });
    if (this.#frame !== frame || !map) {
      map?.close();
      frame.remove();
      return;
    }
    refit.addEventListener('click', () => map.refit());
    this.#map = map;
    this.#draw();
  }

  #draw() {
    const { position, destination } = this.#order;
    const isStale = Date.now() - Date.parse(position.recordedAt) > STALE_MS;
    this.#map?.show({
      vehicle: { ...position, isStale },
      stops: destination ? [{ ...destination, kind: 'dropoff', name: 'The door' }] : [],
    });
  }
}
