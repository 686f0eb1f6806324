// A store: an order every half second, and thanks when it is delivered.
import { randomUUID } from 'node:crypto';
import { connect } from '../hub.js';

const store = process.env.STORE_ID ?? 'acme-widgets';
const orders = Number(process.env.ORDERS ?? Infinity);
const caps = connect();

let placed = 0;
const timer = setInterval(() => {
  if (placed++ < orders) {
    caps.emit('pickup', { storeId: store, id: randomUUID(), customer: 'Jamal Braun', address: 'Schmittfort, LA' });
  } else {
    clearInterval(timer);
  }
}, 500);

caps.on('connect', () => caps.emit('join', store));
caps.on('delivered', (payload) => console.log(`thank you for delivering ${payload.id}`));
