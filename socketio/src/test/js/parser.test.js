import assert from "node:assert/strict";
import { describe, test } from "node:test";
import parser from "socket.io-msgpack-parser";
import { TIMEOUT_MS, WAYS, ask, collect, connected, nextEvent, socketOf } from "./harness.js";

for (const [way, options] of Object.entries(WAYS)) {
  describe(`with the MessagePack parser over ${way}`, () => {
    const msgpack = { ...options, parser };

    test("events and acks carry every kind of value, and binary in every place", async (t) => {
      const socket = await connected(t, msgpack, "/", "msgpack");
      const values = [1, -2.5, 1e-7, 9007199254740991, -40000, "text", "å€𝄞\u0000", true, false, null, [], {}, [[1]], { deep: [Buffer.from("€")] }];
      const back = nextEvent(socket, "said");
      socket.emit("say", ...values);
      assert.deepEqual(await back, values);
      assert.deepEqual(await ask(socket, "echo", Buffer.alloc(300, 7)), Buffer.alloc(300, 7));
      socket.on("question", (a, b, answer) => answer(a + b, Buffer.from([a])));
      assert.deepEqual(await ask(socket, "ask me", "question", TIMEOUT_MS, [2, 3]), { answer: [5, Buffer.from([2])] });
    });

    test("auth is sent along, and a rejection has a reason", async (t) => {
      const refused = socketOf(t, msgpack, "/guarded", "msgpack");
      const [error] = await nextEvent(refused, "connect_error");
      assert.equal(error.message, "not authorized");
      assert.equal(error.data.code, "unauthenticated");
      const socket = await connected(t, { ...msgpack, auth: { token: "let me in" } }, "/guarded", "msgpack");
      assert.equal(await ask(socket, "echo", "in"), "in");
    });

    test("rooms receive binary broadcasts, and volatile events arrive", async (t) => {
      const [a, b] = [await connected(t, msgpack, "/", "msgpack"), await connected(t, msgpack, "/", "msgpack")];
      await ask(a, "join", `room-${way}`);
      const got = collect(a, "photo", 1);
      await ask(b, "tell", { to: [`room-${way}`], event: "photo", args: [{ photo: Buffer.from([1, 2]) }] });
      assert.deepEqual(await got, [{ photo: Buffer.from([1, 2]) }]);
    });

    test("leaves, and is disconnected by the server", async (t) => {
      const [a, b] = [await connected(t, msgpack, "/", "msgpack"), await connected(t, msgpack, "/", "msgpack")];
      const left = nextEvent(b, "left");
      await ask(a, "watch me", b.id);
      const { id } = a;
      a.disconnect();
      assert.deepEqual(await left, [id, "client namespace disconnect"]);
      const gone = nextEvent(b, "disconnect");
      b.emit("put me out", false);
      assert.equal((await gone)[0], "io server disconnect");
    });
  });
}
