import { useState } from 'react';
import { Tracking } from './Tracking.jsx';
import { useWaybill } from './useWaybill.js';

/** Asks for a token and an order, and follows the order. An app of yours has both from its own sign-in. */
export function App({ hub }) {
  const [chosen, setChosen] = useState(null);
  return chosen ? <Order hub={hub} {...chosen} /> : <Prompt hub={hub} onChoose={setChosen} />;
}

function Order({ hub, token, orderId }) {
  const waybill = useWaybill(hub, token);
  return waybill && <Tracking waybill={waybill} orderId={orderId} />;
}

function Prompt({ hub, onChoose }) {
  const choose = (form) => onChoose({ token: form.get('token').trim(), orderId: form.get('order').trim() });
  return (
    <form action={choose}>
      <h1>Follow an order</h1>
      <label>Token of the customer <input name="token" required autoComplete="off" /></label>
      <label>Order <input name="order" required autoComplete="off" /></label>
      <button>Follow</button>
      <p className="quiet">The hub is {hub}.</p>
    </form>
  );
}
