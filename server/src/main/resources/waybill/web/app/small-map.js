// A map of one way: the vehicle, the stops ahead of it, and the line between them.
import * as maplibre from '../../vendor/maplibre-gl-6.17.0/maplibre-gl.mjs';
import { glideTo, placeAt, standing } from './glide.js';
import { lngLat, stop, widened } from './map-geometry.js';
import { EMPTY, mapColours, mapStyle } from './map-style.js';
import { distance } from './words.js';

/** The line is drawn again so often while the vehicle glides. */
const LINE_EVERY_MS = 200;

/** A vehicle that moved less has no heading. */
const HEADING_METRES = 8;

const ZOOM_MAX = 16;

/** The basemap is loaded for more than is in view, so that a small move needs no more of it. */
const MARGIN = 0.5;
const START = { center: [10, 30], zoom: 1.5 };

/** From a stop to its name, by the side of the name that is at the stop. */
const NAME_OFFSETS = Object.entries({ left: [1, 0], right: [-1, 0], top: [0, 1], bottom: [0, -1] }).flatMap(([side, offset]) => [side, ['literal', offset]]);

const VEHICLE = '<svg viewBox="-20 -20 40 40" width="40" height="40">'
  + '<circle class="disc" r="17"/><path class="arrow" d="M0-11 8 9 0 4.5-8 9z"/><circle class="dot" r="7"/></svg>';

export class SmallMap {
  #map;
  #padding;
  #glideMaxMs;
  #onMoved;
  #colours = mapColours();
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #onScheme = () => this.#applyColours();
  #vehicle = null;
  #stops = [];
  #marker;
  #frame;
  #lineMs = 0;
  #isLoaded = false;
  #isMovedByHand = false;
  #basemap;
  #loadedBounds = null;

  /**
   * @param basemap the address of the map behind it, of which it loads what is in view
   * @param isStill whether it moves by itself alone
   * @param glideMaxMs how long the vehicle is on its way to a new position; its own device knows the newest
   * @param padding pixels between its content and its edge
   * @param onMoved told whether the reader has moved it
   */
  constructor(container, { basemap, isStill = false, padding = 48, glideMaxMs = Infinity, onMoved = () => {} }) {
    this.#padding = padding;
    this.#glideMaxMs = glideMaxMs;
    this.#onMoved = onMoved;
    this.#basemap = basemap;
    this.#map = new maplibre.Map({
      container, style: mapStyle(this.#colours, basemap && EMPTY), ...START, interactive: !isStill, cooperativeGestures: !isStill,
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, keyboard: false, maxZoom: 19,
      fadeDuration: this.#isCalm ? 0 : 200,
    });
    this.#map.touchZoomRotate?.disableRotation();
    this.#map.on('load', () => this.#onLoad());
    this.#map.on('resize', () => this.#isLoaded && !this.#isMovedByHand && this.#fit(0));
    this.#map.on('moveend', () => this.#loadGround());
    this.#map.on('movestart', ({ originalEvent }) => {
      if (originalEvent && !this.#isMovedByHand) {
        this.#isMovedByHand = true;
        this.#onMoved(true);
      }
    });
    this.#scheme.addEventListener('change', this.#onScheme);
    const element = Object.assign(document.createElement('div'), { className: 'map-vehicle', innerHTML: VEHICLE });
    element.setAttribute('role', 'img');
    element.setAttribute('aria-label', 'The driver');
    this.#marker = new maplibre.Marker({ element, rotationAlignment: 'map' });
  }

  /**
   * @param vehicle `{latitude, longitude, heading?, recordedAt, isStale?}`, or null while its position is not known
   * @param stops `{latitude, longitude, kind: 'pickup' | 'dropoff', name?}`, in the order in which it goes to them
   */
  show({ vehicle, stops }) {
    this.#stops = stops.filter(({ latitude }) => latitude !== undefined && latitude !== null);
    this.#move(vehicle);
    if (this.#isLoaded) {
      this.#draw();
      this.#fitIfNeeded();
    }
  }

  /** Moves by itself again. */
  refit() {
    this.#isMovedByHand = false;
    this.#onMoved(false);
    this.#fit();
  }

  close() {
    cancelAnimationFrame(this.#frame);
    this.#scheme.removeEventListener('change', this.#onScheme);
    this.#map.remove();
  }

  get #isCalm() {
    return matchMedia('(prefers-reduced-motion: reduce)').matches;
  }

  #onLoad() {
    this.#isLoaded = true;
    this.#map.setLayoutProperty('stop-name', 'text-anchor', ['get', 'side']);
    this.#map.setLayoutProperty('stop-name', 'text-offset', ['match', ['get', 'side'], ...NAME_OFFSETS, ['literal', [0, 0]]]);
    this.#map.setLayoutProperty('stop-name', 'text-size', 13);
    this.#draw();
    this.#fit(0);
    this.#loadGround();
    this.#map.getContainer().dataset.ready = 'true';
  }

  async #loadGround() {
    const view = this.#map.getBounds();
    const isThere = this.#loadedBounds?.contains(view.getSouthWest()) && this.#loadedBounds.contains(view.getNorthEast());
    if (!this.#basemap || !this.#isLoaded || isThere || this.#points().length === 0) {
      return;
    }
    const bounds = widened(view, MARGIN);
    this.#loadedBounds = new maplibre.LngLatBounds(bounds);
    try {
      const ground = await (await fetch(`${this.#basemap}?bounds=${bounds.map((degrees) => degrees.toFixed(4))}`)).json();
      this.#map.getSource('basemap').setData(ground);
      this.#map.getContainer().dataset.attribution = ground.attribution ?? '';
    } catch {
      this.#loadedBounds = null; // the map is as good without it
    }
  }

  #move(vehicle) {
    if (!vehicle) {
      this.#vehicle = null;
      this.#marker.remove();
      return;
    }
    const fixMs = Date.parse(vehicle.recordedAt);
    const before = this.#vehicle;
    if (!before) {
      this.#vehicle = { ...standing(vehicle, fixMs), latitude: vehicle.latitude, longitude: vehicle.longitude, heading: vehicle.heading ?? null };
    } else if (before.latitude !== vehicle.latitude || before.longitude !== vehicle.longitude) {
      const heading = vehicle.heading ?? (distance(before, vehicle) < HEADING_METRES ? before.heading : bearing(before, vehicle));
      glideTo(before, vehicle, fixMs, performance.now());
      before.t1 = Math.min(before.t1, performance.now() + this.#glideMaxMs);
      Object.assign(before, { latitude: vehicle.latitude, longitude: vehicle.longitude, heading });
    }
    const element = this.#marker.getElement();
    element.classList.toggle('stale', vehicle.isStale === true);
    element.classList.toggle('turned', this.#vehicle.heading !== null);
    this.#marker.setRotation(this.#vehicle.heading ?? 0);
  }

  /** Draws now, and again with each frame while the vehicle glides. */
  #draw = () => {
    cancelAnimationFrame(this.#frame);
    const nowMs = performance.now();
    const isGliding = this.#vehicle !== null && this.#vehicle.t1 > nowMs;
    if (this.#vehicle) {
      this.#marker.setLngLat(this.#drawnAt(nowMs));
      if (!this.#marker.getElement().isConnected) {
        this.#marker.addTo(this.#map);
      }
    }
    if (!isGliding || nowMs - this.#lineMs > LINE_EVERY_MS) {
      this.#lineMs = nowMs;
      this.#drawLine(nowMs);
    }
    if (isGliding) {
      this.#frame = requestAnimationFrame(this.#draw);
    }
  };

  #drawLine(nowMs) {
    const stops = this.#stops.flatMap(({ kind, name = '', ...place }, i) =>
      stop({ orderId: '' }, kind, place, { isSelected: true, name, side: this.#sideOf(i) }));
    this.#map.getSource('stops').setData({ type: 'FeatureCollection', features: stops });
    const coordinates = [...(this.#vehicle ? [this.#drawnAt(nowMs)] : []), ...stops.map(({ geometry }) => geometry.coordinates)];
    this.#map.getSource('route').setData({
      type: 'FeatureCollection',
      features: coordinates.length < 2 ? [] : [{ type: 'Feature', properties: { part: 'ahead' }, geometry: { type: 'LineString', coordinates } }],
    });
  }

  /** Where the name of a stop is, off the line: beside it if the line goes on, above or below it at the end. */
  #sideOf(i) {
    const [before, here, next] = [this.#stops[i - 1] ?? this.#vehicle, this.#stops[i], this.#stops[i + 1]];
    if (next) {
      return next.longitude < here.longitude ? 'left' : 'right';
    }
    return before && before.latitude > here.latitude ? 'top' : 'bottom';
  }

  #drawnAt(nowMs) {
    return lngLat(placeAt(this.#vehicle, nowMs));
  }

  #points() {
    const drawn = this.#vehicle ? [this.#drawnAt(performance.now())] : [];
    return [...drawn, ...[this.#vehicle, ...this.#stops].filter(Boolean).map(({ longitude, latitude }) => [longitude, latitude])];
  }

  /** Unless the reader has moved the map: when a part of the way is out of sight, or the way has become short. */
  #fitIfNeeded() {
    const { clientWidth: width, clientHeight: height } = this.#map.getContainer();
    const pixels = this.#points().map((point) => this.#map.project(point));
    const xs = pixels.map(({ x }) => x);
    const ys = pixels.map(({ y }) => y);
    const isSeen = Math.min(...xs) > 24 && Math.max(...xs) < width - 24 && Math.min(...ys) > 24 && Math.max(...ys) < height - 24;
    const isSmall = Math.max(...xs) - Math.min(...xs) < width / 4 && Math.max(...ys) - Math.min(...ys) < height / 4;
    if (!this.#isMovedByHand && pixels.length > 0 && (!isSeen || (isSmall && this.#map.getZoom() < ZOOM_MAX - 0.5))) {
      this.#fit();
    }
  }

  #fit(durationMs = this.#isCalm ? 0 : 600) {
    const points = this.#points();
    if (points.length > 0) {
      const bounds = new maplibre.LngLatBounds();
      points.forEach((point) => bounds.extend(point));
      this.#map.fitBounds(bounds, { padding: this.#padding, maxZoom: ZOOM_MAX, duration: durationMs });
    }
  }

  #applyColours() {
    this.#colours = mapColours();
    for (const { id, paint } of mapStyle(this.#colours, this.#map.getSource('basemap') ? EMPTY : null).layers) {
      Object.entries(paint).forEach(([name, value]) => this.#map.setPaintProperty(id, name, value));
    }
  }
}

/** Degrees clockwise from north. */
function bearing(one, other) {
  const north = other.latitude - one.latitude;
  const east = (other.longitude - one.longitude) * Math.cos((one.latitude * Math.PI) / 180);
  return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}
