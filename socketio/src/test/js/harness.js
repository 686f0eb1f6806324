import assert from "node:assert/strict";
import { once } from "node:events";
import { io } from "socket.io-client";

export const TIMEOUT_MS = 20_000;

const PORTS = { plain: process.env.PLAIN_PORT, recovering: process.env.RECOVERING_PORT, msgpack: process.env.MSGPACK_PORT };

/** The ways in which a client may reach the server. */
export const WAYS = {
  websocket: { transports: ["websocket"] },
  polling: { transports: ["polling"] },
  upgrade: { transports: ["polling", "websocket"] },
};

/** A socket that is not connected yet, closed when the test is over. */
export function socketOf(t, options = {}, namespace = "/", server = "plain") {
  const socket = io(`http://127.0.0.1:${PORTS[server]}${namespace}`, { forceNew: true, reconnection: false, ...options });
  t.after(() => socket.disconnect());
  return socket;
}

/** A connected socket; `connect_error` fails the test. */
export async function connected(t, options, namespace, server) {
  const socket = socketOf(t, options, namespace, server);
  await untilConnected(socket);
  return socket;
}

export function untilConnected(socket) {
  return Promise.race([
    nextEvent(socket, "connect"),
    nextEvent(socket, "connect_error").then(([error]) => assert.fail(`connect_error: ${error.message}`)),
  ]);
}

/** The arguments of the next such event; fails when it takes too long. */
export function nextEvent(emitter, event) {
  return once(emitter, event, { signal: AbortSignal.timeout(TIMEOUT_MS) });
}

/** Asks the server to do something, and waits for its answer. */
export function ask(socket, ...args) {
  return socket.timeout(TIMEOUT_MS).emitWithAck(...args);
}

/** Collects the first arguments of an event until there are `count`. */
export function collect(socket, event, count) {
  const all = [];
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`${event}: received ${all.length} of ${count}`)), TIMEOUT_MS);
    socket.on(event, (value) => {
      all.push(value);
      if (all.length === count) {
        clearTimeout(late);
        resolve(all);
      }
    });
  });
}

/** Everything the server has sent to this socket so far has arrived when this is done. */
export async function settled(...sockets) {
  for (const socket of sockets) await ask(socket, "echo");
}

export async function upgraded(socket) {
  if (socket.io.engine.transport.name !== "websocket") await nextEvent(socket.io.engine, "upgrade");
}

/** Takes the connection away from under a client, as a tunnel does. */
export function cutOff(socket) {
  socket.io.engine.transport.ws?.terminate?.();
  if (!socket.io.engine.transport.ws) socket.io.engine.close();
}
