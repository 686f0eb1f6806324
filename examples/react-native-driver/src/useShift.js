import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { connect } from 'waybill';
import { Offers } from './offers.js';
import { Trips } from './trips.js';

/** What a driver works with, for as long as the component is shown; null at first. */
export function useShift(hub, token, storage) {
  const [shift, setShift] = useState(null);
  useEffect(() => {
    const name = `driver:${userOf(token)}`;
    const waybill = connect(hub, { token, storage, name });
    const trips = new Trips(waybill, storage, `trips:${name}`);
    const offers = new Offers(waybill, hub, token, (order) => trips.put(order));
    setShift({ waybill, trips, offers, name });
    return () => {
      offers.close();
      trips.close();
      waybill.close();
    };
  }, [hub, token, storage]);
  return shift;
}

/** The state of the connection: `connecting`, `connected`, `signed-out` or `closed`. */
export function useConnection(waybill) {
  const subscribe = useCallback((listener) => waybill.on('state', listener), [waybill]);
  return useSyncExternalStore(subscribe, () => waybill.state);
}

/** How many actions wait for the hub. */
export function useWaiting(waybill) {
  const subscribe = useCallback((listener) => waybill.on('outbox', listener), [waybill]);
  return useSyncExternalStore(subscribe, () => waybill.waiting);
}

/** Whose token it is. The hub verifies it; the app only keeps what users of one phone have apart. */
export function userOf(token) {
  const [, payload = ''] = token.split('.');
  return JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))).sub;
}
