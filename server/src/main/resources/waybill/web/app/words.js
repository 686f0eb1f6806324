// Times and distances in words, for pages with and without a library.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const METRES_PER_DEGREE = 111_320;

/** "40 s", "4 min", "2 h"; seconds only below a minute. */
export function duration(ms) {
  if (ms < MINUTE) {
    return `${Math.max(0, Math.floor(ms / 1_000))} s`;
  }
  if (ms < HOUR) {
    return `${Math.floor(ms / MINUTE)} min`;
  }
  return ms < DAY ? `${Math.floor(ms / HOUR)} h` : `${Math.floor(ms / DAY)} d`;
}

/** The time of day as the reader's locale writes it. */
export function clockTime(time) {
  return new Date(time).toLocaleTimeString([], { timeStyle: 'short' });
}

/** The time of day, and the day unless it is today. */
export function dayAndTime(time) {
  const at = new Date(time);
  return at.toDateString() === new Date().toDateString()
    ? clockTime(at)
    : at.toLocaleString([], { day: 'numeric', month: 'short', hour: 'numeric', minute: '2-digit' });
}

/** Metres between two places that are not far from each other. */
export function distance(one, other) {
  const north = (other.latitude - one.latitude) * METRES_PER_DEGREE;
  const east = (other.longitude - one.longitude) * METRES_PER_DEGREE * Math.cos((one.latitude * Math.PI) / 180);
  return Math.hypot(north, east);
}

/** "450 m", "1.4 km". */
export function distanceText(metres) {
  const tens = Math.max(1, Math.round(metres / 10)) * 10;
  return tens < 1_000 ? `${tens}\u00a0m` : `${(metres / 1_000).toFixed(1)}\u00a0km`;
}
