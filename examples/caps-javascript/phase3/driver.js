// A driver who catches up on pickups, and receives each once it is delivered.
import { connect } from '../hub.js';

const caps = connect({ driverId: 'example-driver' });
const known = new Set(); // a pickup may be heard twice: when it is made, and again by getAll

caps.on('connect', () => {
  caps.emit('subscribe', { event: 'pickup' });
  caps.emit('getAll', { event: 'pickup' });
});

caps.on('pickup', (message) => {
  const { event, messageId, clientId, order } = message;
  if (known.has(messageId)) return;
  known.add(messageId);
  setTimeout(() => {
    console.log(`DRIVER: picked up ${messageId}.`);
    caps.emit('in-transit', { event: 'in-transit', messageId, clientId, order });
    setTimeout(() => {
      console.log(`DRIVER: delivered ${messageId}.`);
      caps.emit('delivered', { event: 'delivered', messageId, clientId, order });
      caps.emit('received', { clientId, event, messageId });
    }, 3000);
  }, 1500);
});
