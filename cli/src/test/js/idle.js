// Connects to /realtime through each proxy twice, by polling alone and with the upgrade to WebSocket, at the same time, and
// receives an order through all of these connections after they were idle.
//
// Takes its settings as JSON in the first argument: proxies with their urls and tokens, the local address to connect from, and
// how long to be idle. Prints a line for each step; a connection that is lost prints one too, and ends the program with 1.
import { Agent } from 'node:https';
import { io } from 'socket.io-client';

const { proxies, localAddress, idleMs } = JSON.parse(process.argv[2]);
const TRANSPORTS = { polling: ['polling'], websocket: ['polling', 'websocket'] };

const connections = proxies.flatMap((proxy) => Object.keys(TRANSPORTS).map((transport) => ({
  name: `${proxy.name}-${transport}`, transport, url: proxy.url, token: proxy.tokens[transport],
})));

await Promise.all(connections.map(open));
await new Promise((resolve) => { setTimeout(resolve, idleMs); });
console.log('all were idle');
await Promise.all(connections.map(({ name, received }) => received.then((order) => console.log(`${name} received ${order}`))));
process.exit();

async function open(connection) {
  const { name, transport, url, token } = connection;
  const socket = io(`${url}/realtime`, {
    auth: { token }, agent: new Agent({ localAddress, keepAlive: true }), forceNew: true, reconnection: false,
    transports: TRANSPORTS[transport],
  });
  const fail = (why) => { console.log(`${name} failed: ${why}`); process.exit(1); };
  socket.on('connect_error', (error) => fail(`${error.message}, ${error.description}`)).on('disconnect', fail);
  connection.received = new Promise((resolve) => { socket.on('order:new', ({ orderId }) => resolve(orderId)); });
  socket.io.once('open', () => console.log(`${name} connected by ${socket.io.engine.transport.name}`));
  await new Promise((resolve) => { socket.on('connect', resolve); });
  const { engine } = socket.io;
  while (engine.transport.name !== transport) await new Promise((resolve) => { engine.once('upgrade', resolve); });
  console.log(`${name} uses ${engine.transport.name}`);
}
