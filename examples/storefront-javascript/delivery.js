// Who delivers: hears of an assignment, and says where they are from then on.
import socketService from './src/socketService.js';

const everyMs = Number(process.env.EVERY_MS ?? 10_000);
const location = { coords: { latitude: 59.9139, longitude: 10.7522, speed: 4.2, heading: 90 } };

await socketService.connect(process.env.USER_ID, 'delivery');

socketService.on('order:assigned', (data) => {
  console.log(`Assigned: order ${data.orderNumber}`);
  setInterval(() => {
    socketService.emit('delivery:location', {
      orderId: data.orderId,
      latitude: location.coords.latitude,
      longitude: location.coords.longitude,
      speed: location.coords.speed,
      heading: location.coords.heading,
    });
  }, everyMs);
});
