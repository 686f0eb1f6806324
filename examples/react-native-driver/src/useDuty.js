import { useCallback, useEffect, useState } from 'react';

/** Whether the driver is on duty, also after a restart of the app: `[isOnDuty, setDuty]`. */
export function useDuty({ waybill, name }, storage) {
  const [isOnDuty, setOnDuty] = useState(false);
  const key = `duty:${name}`;
  const tellHub = useCallback((isOn) => {
    waybill.act('PATCH', '/drivers/me/status', { status: isOn ? 'available' : 'offline' })
      .catch(() => {}); // a refusal is an `action_refused` too, which the app shows
  }, [waybill]);
  useEffect(() => {
    storage.getItem(key).then((saved) => setOnDuty(saved === 'true'));
  }, [storage, key]);
  useEffect(() => // the hub ends the shift of a driver that has been silent for long
    waybill.on('connected', () => isOnDuty && tellHub(true)), [waybill, isOnDuty, tellHub]);
  const setDuty = (isOn) => {
    setOnDuty(isOn);
    storage.setItem(key, String(isOn));
    tellHub(isOn);
  };
  return [isOnDuty, setDuty];
}
