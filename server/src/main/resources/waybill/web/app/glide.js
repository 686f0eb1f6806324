// Motion between two reports of a vehicle: from where it is drawn to where it is, in the time that reports take.

/** A vehicle that moved farther between two reports is not shown to glide. */
const JUMP_METRES = 2_000;

/** A glide is slower than the reports by this factor, so that the next one comes before it ends. */
const BEHIND = 1.2;
const INTERVAL_MIN_MS = 1_000;
const INTERVAL_MAX_MS = 20_000;
const INTERVALS = 5;

const EARTH_METRES = 40_075_017;

/** Mercator coordinates: 0 to 1 from west to east, and from north to south. */
export function mercator(longitude, latitude) {
  const sine = Math.sin((latitude * Math.PI) / 180);
  return [longitude / 360 + 0.5, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

/** A vehicle that stands at its first report. */
export function standing({ longitude, latitude }, fixMs) {
  const place = mercator(longitude, latitude);
  return { from: place, to: place, t0: 0, t1: 0, fixMs, intervals: [] };
}

/** Where it is drawn at this time, in mercator coordinates. */
export function placeAt({ from, to, t0, t1 }, nowMs) {
  const part = t1 > t0 ? Math.min(1, Math.max(0, (nowMs - t0) / (t1 - t0))) : 1;
  return [from[0] + (to[0] - from[0]) * part, from[1] + (to[1] - from[1]) * part];
}

/** Lets it glide from where it is drawn to a new place, which it reached at `fixMs`. */
export function glideTo(vehicle, { longitude, latitude }, fixMs, nowMs) {
  const intervals = [...vehicle.intervals, Math.max(INTERVAL_MIN_MS, fixMs - vehicle.fixMs)].slice(-INTERVALS);
  const to = mercator(longitude, latitude);
  const from = placeAt(vehicle, nowMs);
  const metres = Math.hypot(to[0] - from[0], to[1] - from[1]) * EARTH_METRES * Math.cos((latitude * Math.PI) / 180);
  const glides = metres < JUMP_METRES && !matchMedia('(prefers-reduced-motion: reduce)').matches;
  Object.assign(vehicle, {
    fixMs, intervals, to, from: glides ? from : to,
    t0: nowMs, t1: glides ? nowMs + BEHIND * Math.min(INTERVAL_MAX_MS, median(intervals)) : nowMs,
  });
}

function median(values) {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
