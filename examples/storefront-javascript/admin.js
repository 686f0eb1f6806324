// What the administrator of the shop sees.
import socketService from './src/socketService.js';

await socketService.connect(process.env.USER_ID, 'admin');

socketService.on('order:new', (data) => {
  console.log(`New order from ${data.customerName}: ${data.totalAmount}`);
});

socketService.on('order:status:changed', (data) => {
  console.log(`Order ${data.orderId} is ${data.status}`);
});

socketService.on('payment:received', (data) => {
  console.log(`Payment received: ${data.amount} by ${data.paymentMethod}`);
});

socketService.on('delivery:status:update', (data) => {
  console.log(`${data.deliveryBoyId} is ${data.status}`);
});
