// A store and a driver on /caps send each other orders of the sizes that are asked for. Runs in a browser and in Node.js.
//
// Gives the transport that both ended on, the extensions of their WebSockets and the sizes that came whole in both directions;
// throws at the first that did not.
const ANSWER_WITHIN_MS = 60_000;

export async function exchange(io, { url, store, tokens, transports, sizes, credentials = false }) {
  const open = (token) => connected(io(`${url}/caps`, {
    auth: { token },
    forceNew: true,
    reconnection: false,
    withCredentials: credentials,
    ...(transports ? { transports } : {}),
  }));
  const vendor = await open(tokens.store);
  const driver = await open(tokens.driver);
  try {
    await ask(vendor, 'join', { clientId: store });
    for (const size of sizes) await deliver({ vendor, driver, store, size });
    if (!transports) await Promise.all([upgraded(vendor), upgraded(driver)]);
    for (const size of sizes) await deliver({ vendor, driver, store, size });
    const used = [vendor, driver].map((socket) => socket.io.engine.transport);
    return {
      transport: used.map((transport) => transport.name).join(),
      extensions: used.map((transport) => transport.ws?.extensions ?? '').join(),
      sizes,
    };
  } finally {
    vendor.disconnect();
    driver.disconnect();
  }
}

let orders = 0;

async function deliver({ vendor, driver, store, size }) {
  const orderId = `${store}-${Date.now()}-${(orders += 1)}`;
  const order = { store, orderId, customer: 'Kari', note: text(size) };
  const offered = next(driver, 'pickup', orderId);
  const thanked = next(vendor, 'delivered', orderId);
  await ask(vendor, 'pickup', order);
  same(order, (await offered).order);
  const message = { clientId: store, messageId: orderId, order };
  await ask(driver, 'in-transit', message);
  await ask(driver, 'delivered', message);
  same(order, (await thanked).order);
  await ask(vendor, 'received', { clientId: store, event: 'delivered', messageId: orderId });
}

// One- to four-byte characters that do not compress to nothing; `size` bytes in UTF-8.
function text(size) {
  const words = [];
  for (let bytes = 0, i = 0; bytes < size; i += 1) {
    const word = size - bytes < 16 ? 'x' : `${(i * 2_654_435_761 % 4_294_967_296).toString(36)}é🚚`.slice(-10);
    words.push(word);
    bytes += new TextEncoder().encode(word).length;
  }
  return words.join('');
}

function same(sent, came) {
  if (came?.note !== sent.note) throw new Error(`${sent.orderId}: ${sent.note.length} characters became ${came?.note?.length}`);
}

const within = (promise, what) => new Promise((resolve, reject) => {
  const timer = setTimeout(() => reject(new Error(`${what}: no answer within ${ANSWER_WITHIN_MS} ms`)), ANSWER_WITHIN_MS);
  promise.then(resolve, reject).finally(() => clearTimeout(timer));
});

const connected = (socket) => within(new Promise((resolve, reject) => {
  socket.once('connect', () => resolve(socket));
  socket.once('connect_error', (error) => reject(new Error(`connect_error: ${error.message}`)));
}), 'connect');

const upgraded = (socket) => within(new Promise((resolve, reject) => {
  const { engine } = socket.io;
  if (engine.transport.name === 'websocket') resolve();
  engine.once('upgrade', resolve);
  engine.once('upgradeError', reject);
}), 'upgrade');

const ask = (socket, event, body) => within(new Promise((resolve, reject) => {
  socket.once('disconnect', (reason) => reject(new Error(`${event}: disconnected: ${reason}`)));
  socket.emit(event, body, (answer) => {
    if (answer.ok) resolve(answer);
    else reject(new Error(`${event}: ${JSON.stringify(answer.error)}`));
  });
}), event);

const next = (socket, event, messageId) => within(new Promise((resolve) => {
  const listener = (message) => {
    if (message.messageId !== messageId) return;
    socket.off(event, listener);
    resolve(message);
  };
  socket.on(event, listener);
}), event);
