// A customer who watches one order: what becomes of it, where its driver is, and when it will be there.
import { io } from 'socket.io-client';

const socket = io(`${process.env.HUB ?? 'http://localhost:9001'}/realtime`, {
  auth: { token: process.env.TOKEN },
});

socket.on('connected', (data) => {
  console.log('Connected:', data.userId, data.role);
});

socket.on('connect_error', (error) => {
  console.error('Refused:', error.message);
});

socket.on('error', (error) => {
  console.error('Error:', error.message);
});

socket.emit('subscribe:order', { orderId: process.env.ORDER_ID }, (answer) => {
  console.log('Subscribed:', answer.ok ? answer.status : answer.error.message);
});

socket.on('order:status_update', (data) => {
  console.log(`Order ${data.orderId} status: ${data.status}`);
});

socket.on('driver:location_update', (data) => {
  console.log(`Driver at: ${data.latitude}, ${data.longitude}`);
});

socket.on('order:eta_update', (data) => {
  console.log(`New ETA: ${data.etaMinutes} minutes`);
});
