// What a customer's screen shows of an order.
import socketService from './src/socketService.js';

await socketService.connect(process.env.USER_ID);

socketService.emit('join:order', process.env.ORDER_ID);

socketService.on('order:status:update', (data) => {
  console.log(`Order ${data.orderId} is ${data.status}: ${data.message}`);
});

socketService.on('delivery:location:update', (data) => {
  console.log(`Driver at: ${data.location.latitude}, ${data.location.longitude}`);
});

socketService.on('payment:received', (data) => {
  console.log(`Paid: ${data.amount} by ${data.paymentMethod}`);
});

socketService.on('order:cancelled', (data) => {
  console.log(`Order ${data.orderNumber} is called off: ${data.reason}`);
});

socketService.on('notification:new', (data) => {
  console.log(`${data.title}: ${data.message}`);
});

socketService.on('offer:new', (data) => {
  console.log(`${data.code}: ${data.description}`);
});
