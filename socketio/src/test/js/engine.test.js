import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request } from "node:http";
import { describe, test } from "node:test";
import { Socket } from "engine.io-client";
import { WAYS, nextEvent } from "./harness.js";

const PORT = process.env.ENGINE_PORT;
const MESSAGES = ["å€𝄞", Buffer.from([0, 1, 2, 250, 251, 252, 253, 254, 255]), Buffer.alloc(50_000, "€"), "last"];

/** A connection that is open, and has upgraded where it can. */
async function opened(t, options, port = PORT) {
  const socket = new Socket(`http://127.0.0.1:${port}`, { path: "/engine.io", ...options });
  t.after(() => socket.close());
  const upgrade = options.transports.length > 1 ? nextEvent(socket, "upgrade") : undefined;
  await nextEvent(socket, "open");
  await upgrade;
  return socket;
}

async function echoed(socket, message) {
  const answer = nextEvent(socket, "message");
  socket.send(message);
  return (await answer)[0];
}

/** Passes requests on and notes the cookies of each. */
async function front(t) {
  const cookies = [];
  const server = createServer((asked, answer) => {
    cookies.push(asked.headers.cookie);
    const passed = { port: PORT, path: asked.url, method: asked.method, headers: asked.headers };
    asked.pipe(request(passed, (came) => came.pipe(answer.writeHead(came.statusCode, came.headers))));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  return { port: server.address().port, cookies };
}

describe("engine.io-client", () => {
  for (const [way, options] of Object.entries(WAYS)) {
    for (const forceBase64 of [false, true]) {
      test(`gets text and binary back over ${way}${forceBase64 ? " with forceBase64" : ""}`, async (t) => {
        const socket = await opened(t, { ...options, forceBase64 });
        for (const message of MESSAGES) assert.deepEqual(await echoed(socket, message), message);
      });
    }
  }

  test("sends the cookie of the handshake with every later request", async (t) => {
    const { port, cookies } = await front(t);
    const socket = await opened(t, { ...WAYS.polling, withCredentials: true }, port);
    assert.equal(await echoed(socket, "one"), "one");
    assert.equal(await echoed(socket, "two"), "two");
    assert.equal(cookies[0], undefined);
    assert.ok(cookies.length > 3);
    for (const cookie of cookies.slice(1)) assert.equal(cookie, `io=${socket.id}`);
  });

  test("upgrades with the cookie of the handshake", async (t) => {
    const socket = await opened(t, { ...WAYS.upgrade, withCredentials: true });
    assert.equal(await echoed(socket, "moved"), "moved");
  });
});
