import { useMemo, useSyncExternalStore } from 'react';

/** The newest state of an order, which the client follows as long as a component shows it. */
export function useOrder(waybill, id) {
  const view = useMemo(() => waybill.order(id), [waybill, id]);
  return useSyncExternalStore(view.subscribe, () => view.value);
}
