// A store whose deliveries are kept for it: it subscribes, catches up on what it missed, and says what it has received.
import { randomUUID } from 'node:crypto';
import { connect } from '../hub.js';

const clientId = process.env.STORE_ID ?? '1-206-flowers';
const orders = Number(process.env.ORDERS ?? Infinity);
const caps = connect();

caps.on('connect', () => {
  caps.emit('join', { clientId });
  caps.emit('subscribe', { clientId, event: 'delivered' });
  caps.emit('getAll', { clientId, event: 'delivered' });
});

let placed = 0;
const timer = setInterval(() => {
  if (placed++ < orders) {
    caps.emit('pickup', { store: clientId, orderId: randomUUID(), customer: 'Jamal Braun', address: 'Schmittfort, LA' });
  } else {
    clearInterval(timer);
  }
}, 500);

caps.on('delivered', ({ event, messageId, order }) => {
  console.log(`Thank you for your order ${order.customer}.`);
  console.log(`order ${messageId} is delivered:`, JSON.stringify(order));
  caps.emit('received', { clientId, event, messageId });
});
