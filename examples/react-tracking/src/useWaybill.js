import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import { connect } from 'waybill';

/** A client of the hub for as long as the component is shown; null at first. */
export function useWaybill(hub, token) {
  const [waybill, setWaybill] = useState(null);
  useEffect(() => {
    const client = connect(hub, { token });
    setWaybill(client);
    return () => {
      client.close();
    };
  }, [hub, token]);
  return waybill;
}

/** The state of the connection: `connecting`, `connected`, `signed-out` or `closed`. */
export function useConnection(waybill) {
  const subscribe = useCallback((listener) => waybill.on('state', listener), [waybill]);
  return useSyncExternalStore(subscribe, () => waybill.state);
}
