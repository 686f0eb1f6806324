import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { TIMEOUT_MS, WAYS, ask, collect, connected, nextEvent, settled, socketOf, untilConnected, upgraded } from "./harness.js";

for (const [way, options] of Object.entries(WAYS)) {
  describe(`over ${way}`, () => {
    test("connects, and has an id that is not the connection's", async (t) => {
      const socket = await connected(t, options);
      assert.match(socket.id, /^[A-Za-z0-9_-]{20,}$/);
      assert.notEqual(socket.id, socket.io.engine.id);
    });

    test("sends auth, query and headers along", async (t) => {
      const socket = await connected(t, { ...options, auth: { token: "abc", n: 1 }, query: { profile: "p 1&ü" }, extraHeaders: { "x-store": "acme" } });
      assert.deepEqual(await ask(socket, "handshake"), { auth: { token: "abc", n: 1 }, profile: "p 1&ü", store: "acme", address: "127.0.0.1" });
    });

    test("auth may be a function, and nothing at all", async (t) => {
      const socket = await connected(t, { ...options, auth: (give) => give({ late: true }) });
      assert.deepEqual((await ask(socket, "handshake")).auth, { late: true });
      const bare = await connected(t, options);
      assert.deepEqual((await ask(bare, "handshake")).auth, {});
    });

    test("is rejected by a middleware, with a reason", async (t) => {
      const socket = socketOf(t, options, "/guarded");
      const [error] = await nextEvent(socket, "connect_error");
      assert.equal(error.message, "not authorized");
      assert.deepEqual(error.data, { code: "unauthenticated", retryAfterMs: 100 });
      assert.equal(socket.connected, false);
    });

    test("is admitted by the same middleware with another payload", async (t) => {
      const socket = socketOf(t, options, "/guarded");
      await nextEvent(socket, "connect_error");
      socket.auth = { token: "let me in" };
      socket.connect();
      await nextEvent(socket, "connect");
      assert.equal(await ask(socket, "echo", "in"), "in");
    });

    test("is refused by a namespace that is not there", async (t) => {
      const [error] = await nextEvent(socketOf(t, options, "/nowhere"), "connect_error");
      assert.equal(error.message, "Invalid namespace");
    });

    test("events carry every kind of value both ways", async (t) => {
      const socket = await connected(t, options);
      const values = [1, -2.5, 1e21, 9007199254740991, "text", "", "å€𝄞\u0000\u2028\"\\/", true, false, null, [], {}, [[1, [2]], { a: { b: [null] } }]];
      const back = nextEvent(socket, "said");
      socket.emit("say", ...values);
      assert.deepEqual(await back, values);
    });

    test("binary goes both ways, in every place", async (t) => {
      const socket = await connected(t, options);
      const back = nextEvent(socket, "said");
      socket.emit("say", Buffer.from([1, 2, 3]), { deep: [Buffer.from("€"), "text"] }, Buffer.alloc(0), new Uint8Array([255, 0]));
      assert.deepEqual(await back, [Buffer.from([1, 2, 3]), { deep: [Buffer.from("€"), "text"] }, Buffer.alloc(0), Buffer.from([255, 0])]);
    });

    test("acks go both ways, with binary too", async (t) => {
      const socket = await connected(t, options);
      assert.equal(await ask(socket, "echo", 42), 42);
      assert.deepEqual(await ask(socket, "echo", Buffer.from([7])), Buffer.from([7]));
      assert.equal(await ask(socket, "echo"), undefined);
      socket.on("question", (a, b, answer) => answer(a + b, Buffer.from([a])));
      assert.deepEqual(await ask(socket, "ask me", "question", TIMEOUT_MS, [2, 3]), { answer: [5, Buffer.from([2])] });
    });

    test("an ack that does not come is a timeout on either side", async (t) => {
      const socket = await connected(t, options);
      await assert.rejects(socket.timeout(50).emitWithAck("never answered"), /operation has timed out/);
      socket.on("question", () => {});
      assert.deepEqual(await ask(socket, "ask me", "question", 50, []), { failure: "timeout" });
    });

    test("an ack is given once", async (t) => {
      const socket = await connected(t, options);
      const answers = [];
      socket.emit("answered twice", (value) => answers.push(value));
      await settled(socket);
      assert.deepEqual(answers, ["first"]);
    });

    test("a room receives what is emitted to it, once, and no other socket does", async (t) => {
      const [a, b, c] = [await connected(t, options), await connected(t, options), await connected(t, options)];
      await ask(a, "join", "red", "blue");
      await ask(b, "join", "blue");
      const all = [];
      for (const [name, socket] of Object.entries({ a, b, c })) socket.on("news", (n) => all.push(`${name}${n}`));
      await ask(c, "tell", { to: ["red", "blue"], event: "news", args: [1] });
      await ask(c, "tell", { to: ["blue"], except: ["red"], event: "news", args: [2] });
      await ask(a, "leave", "blue");
      await ask(c, "tell", { to: ["blue"], event: "news", args: [3] });
      await settled(a, b, c);
      assert.deepEqual(all.sort(), ["a1", "b1", "b2", "b3"]);
      assert.deepEqual((await ask(a, "rooms")).sort(), [a.id, "red"].sort());
    });

    test("a broadcast of a socket leaves it out", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      const room = `pair-${way}`;
      await ask(a, "join", room);
      await ask(b, "join", room);
      const all = [];
      a.on("hello", () => all.push("a"));
      b.on("hello", () => all.push("b"));
      await ask(a, "tell others", room, "hello");
      await settled(a, b);
      assert.deepEqual(all, ["b"]);
    });

    test("a socket is reached by its own id, and not by that of its connection", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      const all = [];
      a.on("private", (from) => all.push(from));
      await ask(b, "tell", { to: [a.id], event: "private", args: ["b"] });
      await ask(b, "tell", { to: [a.io.engine.id], event: "private", args: ["unknown"] });
      await settled(a);
      assert.deepEqual(all, ["b"]);
    });

    test("one binary broadcast reaches all sockets whole", async (t) => {
      const all = await Promise.all(Array.from({ length: 5 }, () => connected(t, options)));
      const room = `binary-${way}`;
      for (const socket of all) await ask(socket, "join", room);
      const receivedBy = all.map((socket) => collect(socket, "photo", 2));
      const photo = Buffer.from(Array.from({ length: 300 }, (_, i) => i & 255));
      await ask(all[0], "tell", { to: [room], event: "photo", args: [{ photo, name: "parcel" }] });
      await ask(all[0], "tell", { to: [room], event: "photo", args: [photo] });
      for (const got of await Promise.all(receivedBy)) assert.deepEqual(got, [{ photo, name: "parcel" }, photo]);
    });

    test("a broadcast gathers acks, and fails with those that did arrive", async (t) => {
      const [a, b, c] = [await connected(t, options), await connected(t, options), await connected(t, options)];
      const room = `acks-${way}`;
      for (const socket of [a, b]) await ask(socket, "join", room);
      a.on("vote", (answer) => answer("yes"));
      b.on("vote", (answer) => answer(Buffer.from([1])));
      assert.deepEqual((await ask(c, "poll", room, "vote", TIMEOUT_MS)).answers.sort(), [Buffer.from([1]), "yes"].sort());
      b.off("vote");
      assert.deepEqual(await ask(c, "poll", room, "vote", 2000), { missing: true, answers: ["yes"] });
      assert.deepEqual(await ask(c, "poll", "empty room", "vote", TIMEOUT_MS), { answers: [] });
    });

    test("sockets can be found, moved and disconnected from the server", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      const room = `moved-${way}`;
      assert.deepEqual(await ask(b, "move", a.id, room), [a.id]);
      assert.ok((await ask(a, "rooms")).includes(room));
      const gone = nextEvent(a, "disconnect");
      await ask(b, "put out", room);
      assert.equal((await gone)[0], "io server disconnect");
      assert.equal(b.connected, true);
    });

    test("volatile events arrive where nothing is in the way", async (t) => {
      const socket = await connected(t, options);
      if (way === "upgrade") await upgraded(socket);
      const got = nextEvent(socket, "light");
      socket.emit("say lightly", 1);
      if (way !== "polling") assert.deepEqual(await got, [1]);
      else got.catch(() => {});
    });

    test("leaves, and the server knows why", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      const left = nextEvent(b, "left");
      await ask(a, "watch me", b.id);
      const { id } = a;
      a.disconnect();
      assert.deepEqual(await left, [id, "client namespace disconnect"]);
    });

    test("is disconnected by the server, from the namespace or altogether", async (t) => {
      for (const close of [false, true]) {
        const socket = await connected(t, options);
        const gone = nextEvent(socket, "disconnect");
        socket.emit("put me out", close);
        assert.equal((await gone)[0], close ? "transport close" : "io server disconnect");
      }
    });

    test("what is emitted after the server disconnected it is ignored", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      const late = [];
      b.on("late", (value) => late.push(value));
      const gone = nextEvent(a, "disconnect");
      a.emit("put me out", false);
      a.emit("tell", { to: [b.id], event: "late", args: [1] });
      await gone;
      await settled(b);
      assert.deepEqual(late, []);
    });

    test("connects again after the connection broke, with a new id", async (t) => {
      const socket = await connected(t, { ...options, reconnection: true, reconnectionDelay: 10, reconnectionDelayMax: 20 });
      const before = socket.id;
      const back = nextEvent(socket, "connect");
      socket.io.engine.close();
      await back;
      assert.notEqual(socket.id, before);
      assert.ok(!socket.recovered);
      assert.equal(await ask(socket, "echo", 1), 1);
    });

    test("two namespaces share one connection", async (t) => {
      const main = await connected(t, options);
      const other = main.io.socket("/guarded", { auth: { token: "let me in" } });
      await untilConnected(other);
      assert.equal(other.io.engine, main.io.engine);
      assert.notEqual(other.id, main.id);
      assert.equal(await ask(other, "echo", "other"), "other");
      other.disconnect();
      assert.equal(await ask(main, "echo", "main"), "main");
    });

    test("a dynamic namespace is there when it is asked for", async (t) => {
      const [a, b, c] = [await connected(t, options, "/store-7"), await connected(t, options, "/store-7"), await connected(t, options, "/store-8")];
      const all = [];
      for (const [name, socket] of Object.entries({ a, b, c })) socket.on("news", () => all.push(name));
      assert.equal(await ask(a, "where"), "/store-7");
      await ask(a, "tell all", "news");
      await settled(a, b, c);
      assert.deepEqual(all.sort(), ["a", "b"]);
      const [error] = await nextEvent(socketOf(t, options, "/store-x"), "connect_error");
      assert.equal(error.message, "Invalid namespace");
    });

    test("a message just under the limit passes, both ways", async (t) => {
      const socket = await connected(t, options);
      if (way === "upgrade") await upgraded(socket);
      const text = "x".repeat(99_000);
      assert.equal(await ask(socket, "echo", text), text);
      const bytes = Buffer.alloc(way === "polling" ? 70_000 : 99_000, 7);
      assert.deepEqual(await ask(socket, "echo", bytes), bytes);
    });

    test("a message just over the limit ends the connection of its sender", async (t) => {
      const [a, b] = [await connected(t, options), await connected(t, options)];
      if (way === "upgrade") await upgraded(a);
      const gone = nextEvent(a, "disconnect");
      a.emit("say", "x".repeat(100_001));
      assert.match((await gone)[0], /transport (close|error)/);
      assert.equal(await ask(b, "echo", "still here"), "still here");
    });

    test("a message far over the client's own limit still arrives from the server", async (t) => {
      const socket = await connected(t, options);
      assert.equal((await ask(socket, "big", 3_000_000)).length, 3_000_000);
    });

    test("a thousand messages arrive in order, each once, both ways", async (t) => {
      const socket = await connected(t, options);
      const numbers = Array.from({ length: 1000 }, (_, i) => i);
      const down = collect(socket, "number", 1000);
      const up = ask(socket, "count", 1000);
      socket.emit("burst", 1000);
      for (const n of numbers) socket.emit("up", n);
      assert.deepEqual(await down, numbers);
      assert.deepEqual(await up, numbers);
      await settled(socket);
    });
  });
}

describe("in the middle of an upgrade", () => {
  for (let round = 0; round < 10; round++) {
    test(`nothing is lost, doubled or overtaken (round ${round})`, async (t) => {
      const socket = await connected(t, WAYS.upgrade);
      const numbers = Array.from({ length: 1000 }, (_, i) => i);
      const down = collect(socket, "number", 1000);
      const up = ask(socket, "count", 1000);
      socket.emit("trickle", 1000);
      for (const n of numbers) {
        socket.emit("up", n);
        if (n % 50 === 0) await new Promise(setImmediate);
      }
      assert.deepEqual(await down, numbers);
      assert.deepEqual(await up, numbers);
      await upgraded(socket);
      await settled(socket);
      assert.equal(socket.io.engine.transport.name, "websocket");
    });
  }

  test("binary and text keep their order", async (t) => {
    const socket = await connected(t, WAYS.upgrade);
    const all = collect(socket, "said", 300);
    for (let n = 0; n < 300; n++) socket.emit("say", n % 3 ? n : { n, bytes: Buffer.from([n & 255]) });
    assert.deepEqual(await all, Array.from({ length: 300 }, (_, n) => (n % 3 ? n : { n, bytes: Buffer.from([n & 255]) })));
  });
});
