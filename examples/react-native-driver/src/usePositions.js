import { useEffect, useState } from 'react';

/** The hub may ask for another interval by `driver:rate_hint`. */
const REPORT_AFTER_MS = 5_000;

/** A phone that has moved so far is reported at once. */
const MOVED_M = 40;
const METRES_PER_DEGREE = 111_195;

/** Reports where the phone is while the driver is on duty; returns why that is not known, if it is not. */
export function usePositions({ waybill }, geolocation, isOnDuty) {
  const [error, setError] = useState('');
  useEffect(() => {
    if (!isOnDuty) {
      return undefined;
    }
    let intervalMs = REPORT_AFTER_MS;
    let last;
    const end = waybill.on('driver:rate_hint', (hint) => (intervalMs = hint.intervalMs));
    const watch = geolocation.watchPosition(({ coords, timestamp }) => {
      setError('');
      if (!last || timestamp - last.timestamp >= intervalMs || metresBetween(last.coords, coords) > MOVED_M) {
        last = { coords, timestamp };
        waybill.reportPosition(positionOf(coords, timestamp)); // while offline it waits, and the driven route has it later
      }
    }, ({ message }) => setError(`Where this phone is cannot be seen: ${message}`), { enableHighAccuracy: true, distanceFilter: 0 });
    return () => {
      geolocation.clearWatch(watch);
      end();
    };
  }, [waybill, geolocation, isOnDuty]);
  return isOnDuty ? error : '';
}

function positionOf({ latitude, longitude, heading, speed, accuracy }, timestamp) {
  return {
    latitude, longitude, accuracy, speed: atLeastZero(speed), heading: atLeastZero(heading), recordedAt: new Date(timestamp).toISOString(),
  };
}

/** iOS says -1 for what it does not know, a browser NaN. */
function atLeastZero(value) {
  return value >= 0 ? value : null;
}

function metresBetween(one, other) {
  const north = other.latitude - one.latitude;
  const east = (other.longitude - one.longitude) * Math.cos((one.latitude * Math.PI) / 180);
  return Math.hypot(north, east) * METRES_PER_DEGREE;
}
