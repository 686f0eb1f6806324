// The map: drivers, orders, and the route of the selected one.
import * as maplibre from 'maplibre-gl';
import { mapColours, mapStyle, rgba } from './map-style.js';
import { DriverNames } from './driver-names.js';
import { circle, contains, routeOf, stop, widened } from './map-geometry.js';
import { reason } from './orders.js';
import { Vehicles } from './vehicles.js';

/** The hub is asked for more than the canvas shows, so that a small move needs no new drivers. */
const MARGIN = 0.5;

const STOP_RADIUS_METRES = 50;
const START = { center: [10, 30], zoom: 1.5 };

export class OrderMap {
  #map;
  #vehicles;
  #names;
  #fleet;
  #orders;
  #actions;
  #selection = { order: null, driver: null, picked: new Set() };
  #isFollowing = false;
  #isLoaded = false;
  #hasFitted = false;
  #colours = {};
  #scheme = matchMedia('(prefers-color-scheme: dark)');
  #onScheme = () => this.#applyColours();
  #route = { orderId: null, driven: null };
  #closing;

  /** @param actions `select({order?, driver?})`, `pick(ids)`, `menu(event, {order?, driver?})` and `say(text)` */
  constructor(container, { fleet, orders, basemap, attribution = '', actions }) {
    this.#fleet = fleet;
    this.#orders = orders;
    this.#actions = actions;
    this.#colours = mapColours();
    this.#vehicles = new Vehicles(fleet);
    this.#map = new maplibre.Map({
      container, style: mapStyle(this.#colours, basemap), ...START,
      attributionControl: false, dragRotate: false, pitchWithRotate: false, touchPitch: false, maxPitch: 0, boxZoom: false, keyboard: false, maxZoom: 19,
      fadeDuration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 200,
    });
    container.dataset.attribution = attribution;
    this.#names = new DriverNames(this.#map, fleet);
    this.#map.touchZoomRotate.disableRotation();
    this.#map.addControl(new maplibre.NavigationControl({ showCompass: false }), 'bottom-left');
    this.#map.addControl(new maplibre.ScaleControl({ maxWidth: 80 }), 'bottom-left');
    this.#map.on('load', () => this.#onLoad());
    this.#map.on('moveend', () => this.#watch());
    this.#map.on('dragstart', () => (this.#isFollowing = false));
    this.#map.on('click', (event) => this.#onClick(event));
    this.#map.on('contextmenu', ({ point, originalEvent }) => this.#actions.menu(originalEvent, this.#at(point)));
    this.#map.on('mousemove', ({ point }) => (this.#map.getCanvas().style.cursor = Object.keys(this.#at(point)).length > 0 ? 'pointer' : ''));
    this.#scheme.addEventListener('change', this.#onScheme);
    this.#closing = [fleet.onFrame(() => this.#onFrame())];
    this.#watch();
  }

  /** The driver under a point of the page, if it is on the map. */
  driverAt(x, y) {
    const box = this.#map.getCanvas().getBoundingClientRect();
    return this.#vehicles.pick({ x: x - box.left, y: y - box.top }, 20);
  }

  /** The orders whose destination is in a polygon of points of the canvas. */
  ordersIn(polygon) {
    return this.#activeOrders().filter(({ deliveryAddress: { latitude, longitude } }) =>
      latitude !== undefined && contains(polygon, this.#map.project([longitude, latitude]))).map(({ orderId }) => orderId);
  }

  setDragging(isDragging) {
    this.#map.dragPan[isDragging ? 'disable' : 'enable']();
  }

  select(selection) {
    const isOther = selection.order !== this.#selection.order || selection.driver !== this.#selection.driver;
    this.#selection = selection;
    this.#isFollowing &&= !isOther;
    if (!this.#isLoaded) {
      return;
    }
    this.#drawStops();
    this.#drawRoute();
    const driverId = selection.driver ?? this.#selectedOrder()?.driverId ?? null;
    this.#vehicles.selection = { driverId, isDimming: driverId !== null || selection.order !== null };
    if (isOther && (selection.order || selection.driver)) {
      this.#reveal();
    }
  }

  /** Called when orders have changed. */
  ordersChanged() {
    this.select(this.#selection);
    this.#fitOnce();
  }

  /** Keeps the selected driver in the middle until the map is dragged, or something else is selected. */
  follow(isWanted = !this.#isFollowing) {
    this.#isFollowing = isWanted;
    this.#actions.say(this.#isFollowing ? 'Following the driver: drag the map to stop' : 'No longer following');
    this.#onFrame();
  }

  /** Shows the selection, or else everything. */
  fit() {
    const points = this.#selectedPoints();
    this.#fitTo(points.length > 0 ? points : this.#allPoints());
  }

  close() {
    this.#names.close();
    this.#closing.forEach((close) => close());
    this.#scheme.removeEventListener('change', this.#onScheme);
    this.#map.remove();
  }

  #onLoad() {
    this.#isLoaded = true;
    this.#map.addLayer(this.#vehicles, this.#map.getLayer('store-name') ? 'store-name' : 'names');
    this.#applyColours();
    this.select(this.#selection);
    this.#fitOnce();
    this.#showBasemap();
    this.#map.getContainer().dataset.ready = 'true';
  }

  #applyColours() {
    const before = this.#colours;
    this.#colours = mapColours();
    const c = this.#colours;
    this.#vehicles.colours = { ink: rgba(c['map-ink']), halo: rgba(c.surface), accent: rgba(c.accent), red: rgba(c.red) };
    if (JSON.stringify(before) === JSON.stringify(c)) {
      return;
    }
    for (const { id, paint } of mapStyle(c, this.#map.getSource('basemap') ? 'there' : null).layers) {
      Object.entries(paint).forEach(([name, value]) => this.#map.setPaintProperty(id, name, value));
    }
  }

  #watch() {
    this.#fleet.watch(widened(this.#map.getBounds(), MARGIN), Math.max(0, this.#map.getZoom()));
    this.#names.draw();
  }

  #onFrame() {
    this.#fitOnce();
    const driver = this.#selectedDriver();
    if (driver && this.#isFollowing) {
      const { top, bottom, left, right } = this.#padding();
      this.#map.easeTo({
        center: [driver.longitude, driver.latitude], offset: [(left - right) / 2, (top - bottom) / 2], duration: 900, easing: (t) => t,
      });
    }
    if (this.#selection.order) {
      this.#drawRoute();
    }
    this.#names.draw();
  }

  #onClick({ point, originalEvent }) {
    const found = this.#at(point);
    if (found.order && (originalEvent.ctrlKey || originalEvent.metaKey)) {
      this.#actions.toggle(found.order);
    } else {
      this.#actions.select(found);
    }
  }

  /** The driver or the order under a point of the canvas. */
  #at(point) {
    const driver = this.#vehicles.pick(point);
    const [stop] = driver ? [] : this.#stopsAt(point);
    return driver ? { driver: driver.id } : stop ? { order: stop.properties.orderId } : {};
  }

  #stopsAt({ x, y }) {
    return this.#map.getLayer('stops')
      ? this.#map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ['stops', 'stops-selected'] })
      : [];
  }

  #activeOrders() {
    const { needs, unassigned, moving } = this.#orders.sections.value;
    return [...needs, ...unassigned, ...moving].map((row) => row.value);
  }

  #selectedOrder() {
    return this.#selection.order ? this.#orders.row(this.#selection.order)?.value : undefined;
  }

  #selectedDriver() {
    return this.#fleet.drivers.get(this.#selection.driver ?? this.#selectedOrder()?.driverId);
  }

  #drawStops() {
    const selected = this.#selectedOrder();
    const features = this.#activeOrders().filter(({ orderId }) => orderId !== selected?.orderId).flatMap((order) =>
      stop(order, 'dropoff', order.deliveryAddress, {
        isSelected: false, isPicked: this.#selection.picked.has(order.orderId), level: reason(order)?.level ?? '',
        isDimmed: selected !== undefined || this.#selection.driver !== null && order.driverId !== this.#selection.driver,
      }));
    if (selected) {
      features.push(
        ...stop(selected, 'pickup', selected.pickupAddress, { isSelected: true, name: selected.storeId }),
        ...stop(selected, 'dropoff', selected.deliveryAddress, { isSelected: true, name: selected.customerName ?? '' }),
      );
    }
    this.#map.getSource('stops').setData({ type: 'FeatureCollection', features });
    this.#map.getSource('areas').setData({
      type: 'FeatureCollection',
      features: features.filter(({ properties }) => properties.isSelected).map(({ geometry }) => circle(geometry.coordinates, STOP_RADIUS_METRES)),
    });
  }

  async #drawRoute() {
    const order = this.#selectedOrder();
    if (this.#route.orderId !== (order?.orderId ?? null)) {
      this.#route = { orderId: order?.orderId ?? null, driven: null };
      if (order?.driverId) {
        this.#loadDriven(order.orderId);
      }
    }
    this.#drawLines(order);
  }

  async #loadDriven(orderId) {
    try {
      const { geometry } = await this.#orders.request('GET', `/orders/${orderId}/route?format=geojson`);
      if (this.#route.orderId === orderId && geometry && geometry.type !== 'Point') {
        this.#route.driven = geometry;
        this.#drawLines(this.#selectedOrder());
      }
    } catch {
      // the map is as good without it
    }
  }

  #drawLines(order) {
    const features = order ? routeOf(order, this.#route.driven, this.#fleet.drivers.get(order.driverId)) : [];
    this.#map.getSource('route')?.setData({ type: 'FeatureCollection', features });
  }

  #selectedPoints() {
    const order = this.#selectedOrder();
    const drivers = [this.#selectedDriver()];
    return [...drivers, order?.pickupAddress, order?.deliveryAddress].filter((place) => place?.latitude !== undefined);
  }

  #allPoints() {
    return [
      ...this.#fleet.drivers.values(),
      ...this.#activeOrders().flatMap(({ pickupAddress, deliveryAddress }) => [pickupAddress, deliveryAddress]).filter((place) => place?.latitude !== undefined),
    ];
  }

  #fitOnce() {
    const isSeen = this.#map.getContainer().clientWidth > 0; // on a phone the list may be in its place
    if (!this.#hasFitted && this.#isLoaded && isSeen && this.#allPoints().length > 0) {
      this.#hasFitted = true;
      this.fit();
    }
  }

  /** Shows the whole town while there is nothing on it yet. */
  async #showBasemap() {
    const bounds = await this.#map.getSource('basemap')?.getBounds();
    if (bounds && !bounds.isEmpty() && !this.#hasFitted) {
      this.#map.fitBounds(bounds, { padding: 20, duration: 0 });
    }
  }

  /** Moves to the selection only when a part of it is out of sight. */
  #reveal() {
    const points = this.#selectedPoints();
    const { clientWidth, clientHeight } = this.#map.getContainer();
    const { top, bottom, left, right } = this.#padding();
    const isSeen = ({ longitude, latitude }) => {
      const { x, y } = this.#map.project([longitude, latitude]);
      return x > left && x < clientWidth - right && y > top && y < clientHeight - bottom;
    };
    if (points.length > 0 && (this.#map.getZoom() < 11 || !points.every(isSeen))) {
      this.#hasFitted = true;
      this.#fitTo(points);
    }
  }

  /** The edges of the map that are covered, or too near to the edge to be read. */
  #padding() {
    const isNarrow = this.#map.getContainer().clientWidth < 700;
    const hasPanel = this.#selection.order !== null || this.#selection.driver !== null;
    return { top: 70, bottom: 50, left: 50, right: hasPanel && !isNarrow ? 480 : 50 };
  }

  #fitTo(points) {
    if (points.length === 0) {
      return;
    }
    const bounds = new maplibre.LngLatBounds();
    points.forEach(({ longitude, latitude }) => bounds.extend([longitude, latitude]));
    this.#map.fitBounds(bounds, {
      padding: this.#padding(), maxZoom: 15,
      duration: matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 400,
    });
  }
}
