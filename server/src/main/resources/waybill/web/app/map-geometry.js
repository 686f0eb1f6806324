// Shapes and places of the map.

const ENDED = ['delivered', 'cancelled', 'declined', 'expired', 'returned', 'failed'];

/** The point of a place as a feature; none if the place has no coordinates. */
export function stop(order, kind, place, properties) {
  return place?.latitude === undefined || place.latitude === null ? [] : [{
    type: 'Feature', properties: { orderId: order.orderId, stop: kind, ...properties },
    geometry: { type: 'Point', coordinates: [place.longitude, place.latitude] },
  }];
}

/** The line that was driven, and the straight one from the driver over the next stops. */
export function routeOf(order, driven, driver) {
  const features = driven ? [line('driven', driven)] : [];
  if (!ENDED.includes(order.status)) {
    const isPickedUp = ['picked_up', 'in_transit'].includes(order.status);
    const places = [driver, isPickedUp ? null : order.pickupAddress, order.deliveryAddress].filter((place) => place?.latitude !== undefined);
    if (places.length > 1) {
      features.push(line('ahead', { type: 'LineString', coordinates: places.map(({ longitude, latitude }) => [longitude, latitude]) }));
    }
  }
  return features;
}

function line(part, geometry) {
  return { type: 'Feature', properties: { part }, geometry };
}

/** Degrees of mercator coordinates from 0 to 1. */
export function lngLat([x, y]) {
  return [(x - 0.5) * 360, (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90];
}

export function circle([longitude, latitude], metres) {
  const north = metres / 111_195;
  const east = north / Math.cos((latitude * Math.PI) / 180);
  const ring = Array.from({ length: 49 }, (_, i) => (i / 48) * 2 * Math.PI).map((a) => [longitude + Math.cos(a) * east, latitude + Math.sin(a) * north]);
  return { type: 'Feature', properties: {}, geometry: { type: 'Polygon', coordinates: [ring] } };
}

/** Whether a point is inside a polygon of points. */
export function contains(polygon, { x, y }) {
  let isIn = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = polygon[i];
    const b = polygon[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) {
      isIn = !isIn;
    }
  }
  return isIn;
}

/** `[west, south, east, north]` of bounds and a part of them more on each side, within the world. */
export function widened(bounds, margin) {
  const width = bounds.getEast() - bounds.getWest();
  const height = bounds.getNorth() - bounds.getSouth();
  const isAll = width * (1 + 2 * margin) >= 360;
  const wrap = (longitude) => ((((longitude + 180) % 360) + 360) % 360) - 180;
  return [
    isAll ? -180 : wrap(bounds.getWest() - width * margin), Math.max(-90, bounds.getSouth() - height * margin),
    isAll ? 180 : wrap(bounds.getEast() + width * margin), Math.min(90, bounds.getNorth() + height * margin),
  ];
}
