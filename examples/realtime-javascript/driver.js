// A driver's phone: hears of assignments, and says where it is on the way from ROUTE's first place to its last.
import { io } from 'socket.io-client';

const route = (process.env.ROUTE ?? '59.9139,10.7522 59.9142,10.7525 59.9145,10.7528')
  .split(' ')
  .map((place) => place.split(',').map(Number));
const everyMs = Number(process.env.EVERY_MS ?? 5_000);

const socket = io(`${process.env.HUB ?? 'http://localhost:9001'}/realtime`, {
  auth: { token: process.env.TOKEN },
});

socket.on('connected', (data) => {
  console.log('Connected:', data.userId, data.role);
});

socket.on('driver:new_assignment', (data) => {
  console.log(`Assigned: order ${data.orderNumber}`);
});

const sendLocation = (lat, lng, orderId) => {
  socket.emit('driver:location', {
    latitude: lat,
    longitude: lng,
    orderId: orderId,
  });
};

socket.on('driver:location_acknowledged', (data) => {
  console.log('Location received by the hub for', data.orderId);
});

socket.on('error', (error) => {
  console.error('Error:', error.message);
});

socket.on('order:status_update', ({ orderId, status }) => {
  if (status !== 'in_transit') return;
  const timer = setInterval(() => {
    const place = route.shift();
    if (place) sendLocation(...place, orderId);
    else clearInterval(timer);
  }, everyMs);
});
