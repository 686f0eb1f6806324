// Prints all that a tracking screen shows of an order.
const hub = process.env.HUB ?? 'http://localhost:9001';

const response = await fetch(`${hub}/orders/${process.env.ORDER_ID}/tracking`, {
  headers: { Authorization: `Bearer ${process.env.TOKEN}` },
});
console.log(JSON.stringify(await response.json(), null, 2));
