// A driver: picks up what any store has, and delivers it.
import { io } from 'socket.io-client';

const caps = io(`${process.env.HUB ?? 'http://localhost:9001'}/caps`);

caps.on('pickup', (payload) => {
  setTimeout(() => {
    console.log(`picking up ${payload.id}`);
    caps.emit('in-transit', payload);
    setTimeout(() => caps.emit('delivered', payload), 3000);
  }, 1500);
});
