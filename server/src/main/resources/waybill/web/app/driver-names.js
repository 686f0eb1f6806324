// The names beside the drivers of a near map: moved a few times a second, and only while they are shown.
import { Fleet } from './fleet.js';
import { lngLat } from './map-geometry.js';
import { duration } from './ui.js';

const NAMES_MAX = 100;
const NAMES_ZOOM = 14;
const NAMES_EVERY_MS = 250;

export class DriverNames {
  #map;
  #fleet;
  #timer;

  constructor(map, fleet) {
    this.#map = map;
    this.#fleet = fleet;
  }

  draw() {
    clearTimeout(this.#timer);
    const source = this.#map.getSource('names');
    if (!source || document.visibilityState !== 'visible') {
      return;
    }
    const nowMs = performance.now();
    const shown = this.#shown();
    source.setData({
      type: 'FeatureCollection',
      features: shown.map((driver) => ({
        type: 'Feature', properties: { name: driver.signal === 'live' ? driver.id : `${driver.id}, ${duration(driver.ageS * 1_000)}` },
        geometry: { type: 'Point', coordinates: lngLat(Fleet.at(driver, nowMs)) },
      })),
    });
    if (shown.some((driver) => driver.t1 > nowMs)) {
      this.#timer = setTimeout(() => this.draw(), NAMES_EVERY_MS);
    }
  }

  close() {
    clearTimeout(this.#timer);
  }

  #shown() {
    if (this.#map.getZoom() < NAMES_ZOOM) {
      return [];
    }
    const bounds = this.#map.getBounds();
    return [...this.#fleet.drivers.values()].filter(({ longitude, latitude }) => bounds.contains([longitude, latitude])).slice(0, NAMES_MAX);
  }
}
