import { useEffect, useState } from 'react';
import { freshness } from 'waybill';
import { useOrder } from './useOrder.js';
import { useConnection } from './useWaybill.js';
import { CONNECTION, ENDED, FRESHNESS, STATUS, ago } from './words.js';

const CLOCK_MS = 5_000;

export function Tracking({ waybill, orderId }) {
  const { status, orderNumber, position, eta, error } = useOrder(waybill, orderId);
  const connection = useConnection(waybill);
  const isUnderWay = status && !ENDED.has(status);
  return (
    <main>
      <p className={`connection ${connection.name}`} role="status">{CONNECTION[connection.name]}</p>
      <h1>{orderNumber ? `Order ${orderNumber}` : 'Your order'}</h1>
      {error && <p role="alert">The order cannot be shown: {error.message}</p>}
      {status && <p className="order-status" aria-live="polite">{STATUS[status] ?? status}</p>}
      {isUnderWay && eta && <Eta {...eta} />}
      {isUnderWay && position && <Driver position={position} />}
    </main>
  );
}

function Eta({ low, high, estimatedDeliveryTime }) {
  const time = new Date(estimatedDeliveryTime).toLocaleTimeString([], { timeStyle: 'short' });
  return <p className="eta">It arrives in <b>{low === high ? low : `${low} to ${high}`}</b> minutes, about {time}.</p>;
}

function Driver({ position }) {
  const now = useNow();
  const signal = freshness(position, now);
  const { latitude, longitude, atMs } = position;
  return (
    <p className={`driver ${signal}`}>
      {FRESHNESS[signal]} {latitude.toFixed(4)}, {longitude.toFixed(4)}, {ago(now - atMs)}.
    </p>
  );
}

/** The time, which moves on while nothing else changes: a position grows old in silence. */
function useNow() {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), CLOCK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}
