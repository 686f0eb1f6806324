// Compiles only if the declarations say what the client does.
import { connect, freshness, WaybillError, type OrderState } from '../src/waybill.js';

const client = connect('http://localhost:9001', { token: async ({ isExpiring }) => (isExpiring ? 'new' : 'first') });
const off: () => void = client.on('state', ({ name, message }) => console.log(name, message));
client.on('order:new', ({ orderId }) => console.log(orderId));
const view = client.order('id');
view.subscribe((value: OrderState) => value.position && console.log(freshness(value.position)));
client.act('PATCH', '/orders/id/status', { status: 'picked_up' }).catch((error: WaybillError) => console.log(error.code));
client.reportPosition({ latitude: 59.9, longitude: 10.7 });
// @ts-expect-error a position has a latitude
client.reportPosition({ longitude: 10.7 });
// @ts-expect-error a client needs a token
connect('http://localhost:9001', {});
off();
await client.close();
