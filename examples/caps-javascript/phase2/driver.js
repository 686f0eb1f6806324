// A driver: picks up what any store has, and delivers it.
import { connect } from '../hub.js';

const caps = connect();

caps.on('pickup', (payload) => {
  setTimeout(() => {
    console.log(`picking up ${payload.id}`);
    caps.emit('in-transit', payload);
    setTimeout(() => caps.emit('delivered', payload), 3000);
  }, 1500);
});
