import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { WAYS, ask, collect, connected, cutOff, nextEvent, settled } from "./harness.js";

const AGAIN = { reconnection: true, reconnectionDelay: 100, reconnectionDelayMax: 100, randomizationFactor: 0 };

/**
 * Cuts the connection, and waits until the server knows. A client that must not be back too soon does not reconnect by
 * itself, but when it is instructed.
 */
async function away(socket, other) {
  const known = nextEvent(other, "away");
  await ask(other, "tell me when away", socket.id);
  cutOff(socket);
  await known;
}

for (const [way, options] of Object.entries({ websocket: WAYS.websocket, polling: WAYS.polling })) {
  describe(`recovery over ${way}`, () => {
    test("a client that was cut off recovers its id, and gets what it missed", async (t) => {
      const [a, b] = [await connected(t, options, "/", "recovering"), await connected(t, options, "/", "recovering")];
      assert.equal(a.recovered, false);
      await ask(a, "join", "order-1");
      await ask(a, "remember", { name: "kari" });
      const id = a.id;
      const got = collect(a, "news", 4);
      await ask(b, "tell", { to: ["order-1"], event: "news", args: ["before"] });
      await settled(a);
      await away(a, b);
      const back = nextEvent(a, "connect");
      await ask(b, "tell", { to: ["order-1"], event: "news", args: ["one"] });
      await ask(b, "tell", { to: ["elsewhere"], event: "news", args: ["not for you"] });
      await ask(b, "tell", { to: [id], event: "news", args: [{ two: Buffer.from([2]) }] });
      a.connect();
      await back;
      assert.equal(a.recovered, true);
      assert.equal(a.id, id);
      await ask(b, "tell", { to: ["order-1"], event: "news", args: ["after"] });
      assert.deepEqual(await got, ["before", "one", { two: Buffer.from([2]) }, "after"]);
      assert.ok((await ask(a, "rooms")).includes("order-1"));
      assert.deepEqual(await ask(a, "remembered"), { name: "kari" });
    });

    test("a question that was on its way when the line broke is asked again", async (t) => {
      const [a, b] = [await connected(t, { ...options, ...AGAIN }, "/", "recovering"), await connected(t, options, "/", "recovering")];
      let asked = 0;
      a.on("question", (n, answer) => {
        if (asked++ === 0) cutOff(a);
        else answer(n * 2);
      });
      assert.deepEqual(await ask(b, "ask other", a.id, "question", 10_000, [21]), { answer: 42 });
      assert.equal(asked, 2);
      assert.equal(a.recovered, true);
    });

    test("an event with an ack waits for a disconnected client", async (t) => {
      const [a, b] = [await connected(t, options, "/", "recovering"), await connected(t, options, "/", "recovering")];
      a.on("question", (n, answer) => answer(n * 2, Buffer.from([n])));
      await ask(a, "ask me when told", "question", 10_000, [21]);
      await ask(b, "tell", { to: [a.id], event: "mark", args: [] });
      await settled(a);
      await away(a, b);
      const answer = ask(b, "now");
      await settled(b);
      a.connect();
      assert.deepEqual(await answer, { answer: [42, Buffer.from([21])] });
      assert.equal(a.recovered, true);
    });

    test("what is emitted while a middleware decides is not lost", async (t) => {
      const [a, b] = [await connected(t, options, "/slow", "recovering"), await connected(t, options, "/slow", "recovering")];
      await ask(a, "join", "order-1");
      await ask(b, "tell", { to: ["order-1"], event: "news", args: ["before"] });
      await settled(a);
      await away(a, b);
      const got = collect(a, "news", 2);
      await ask(b, "tell", { to: ["order-1"], event: "news", args: ["away"] });
      a.connect();
      assert.deepEqual(await got, ["away", "in the meantime"]);
      assert.equal(a.recovered, true);
    });

    test("one that left by itself is not recovered", async (t) => {
      const [a, b] = [await connected(t, options, "/", "recovering"), await connected(t, options, "/", "recovering")];
      const id = a.id;
      const left = nextEvent(b, "left");
      await ask(a, "watch me", b.id);
      a.disconnect();
      await left;
      a.connect();
      await nextEvent(a, "connect");
      assert.equal(a.recovered, false);
      assert.notEqual(a.id, id);
    });

    test("a secret that is not known is not believed", async (t) => {
      const a = await connected(t, { ...options, auth: { pid: "made-up", offset: "made-up" } }, "/", "recovering");
      assert.equal(a.recovered, false);
    });

    test("a cut in mid-stream loses nothing and doubles nothing", async (t) => {
      const [a, b] = [await connected(t, { ...options, ...AGAIN }, "/", "recovering"), await connected(t, options, "/", "recovering")];
      const got = collect(a, "number", 1000);
      const recovered = [];
      a.on("connect", () => recovered.push(a.recovered));
      a.on("number", (n) => {
        // Not at once: what a client receives after its connection broke it keeps, and requests again.
        if (n === 100 || n === 400 || n === 700) setImmediate(cutOff, a);
      });
      await ask(b, "trickle to", a.id, 1000);
      assert.deepEqual(await got, Array.from({ length: 1000 }, (_, i) => i));
      // Two cuts may fall together where much was missed during the first.
      assert.ok(recovered.length > 0 && recovered.every(Boolean), `recovered: ${recovered}`);
    });
  });
}
