// Shows that a hub is there. In development mode it asks for no token: everybody is who they say.
import { io } from 'socket.io-client';

const socket = io(process.env.HUB ?? 'http://localhost:5000');

socket.on('connect', () => {
  console.log('Connected:', socket.id);
  socket.emit('register', { userId: process.env.USER_ID ?? 'ada', role: 'customer' });
});

socket.on('registered', (data) => {
  console.log('Registered:', data.userId, data.role);
});

socket.on('business:status:update', (data) => {
  console.log(`Business update: ${data.businessName} is ${data.isOpen ? 'open' : 'closed'}`);
});

socket.on('order:status:update', (data) => {
  console.log('Order update:', data.status);
});

socket.on('disconnect', () => {
  console.log('Disconnected');
});
