import assert from "node:assert/strict";
import { once } from "node:events";
import { describe, test } from "node:test";
import WebSocket from "ws";
import { TIMEOUT_MS } from "./harness.js";

// The protocol word for word, without a client library in between. The servers run two event loops.

const PORTS = { plain: process.env.PLAIN_PORT, recovering: process.env.RECOVERING_PORT };
const at = (server, query) => `127.0.0.1:${PORTS[server]}/socket.io/?${query}`;
const POLLING = "EIO=4&transport=polling";
const WEBSOCKET = "EIO=4&transport=websocket";

/** A WebSocket whose messages can be awaited one after the other; pings are answered and not seen. */
class Wire {
  #waiting = [];
  #came = [];

  constructor(t, url) {
    this.ws = new WebSocket(url);
    this.closed = new Promise((resolve) => this.ws.on("close", resolve));
    this.ws.on("error", () => {}); // a refusal is a close too
    this.ws.on("message", (data, isBinary) => {
      const message = isBinary ? data : data.toString();
      if (message === "2") return this.ws.send("3");
      const waiting = this.#waiting.shift();
      if (waiting) waiting(message);
      else this.#came.push(message);
    });
    t.after(() => this.ws.terminate());
  }

  send(...messages) {
    for (const message of messages) this.ws.send(message);
  }

  next() {
    if (this.#came.length > 0) return Promise.resolve(this.#came.shift());
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error("no message")), TIMEOUT_MS);
      this.#waiting.push((message) => {
        clearTimeout(late);
        resolve(message);
      });
    });
  }

  /** The code with which it was closed. */
  isClosed() {
    return this.closed;
  }
}

async function opened(t, server = "plain") {
  const wire = new Wire(t, `ws://${at(server, WEBSOCKET)}`);
  const open = await wire.next();
  assert.match(open, /^0\{"sid":/);
  return wire;
}

async function joined(t, namespace = "", server = "plain", auth = "") {
  const wire = await opened(t, server);
  wire.send(`40${namespace}${auth}`);
  const connectAnswer = await wire.next();
  assert.ok(connectAnswer.startsWith(`40${namespace}{"sid":`), connectAnswer);
  return Object.assign(wire, { connectAnswer: JSON.parse(connectAnswer.slice(2 + namespace.length)) });
}

const get = (query, init) => fetch(`http://${at("plain", query)}`, init);

async function session() {
  return JSON.parse((await (await get(POLLING)).text()).slice(1)).sid;
}

const posted = async (sid, body) => assert.equal(await (await get(`${POLLING}&sid=${sid}`, { method: "POST", body })).text(), "ok");
const polled = async (sid) => (await get(`${POLLING}&sid=${sid}`)).text();

describe("the handshake", () => {
  test("over polling returns the session and its times", async () => {
    const response = await get(POLLING);
    assert.equal(response.status, 200);
    const open = JSON.parse((await response.text()).slice(1));
    assert.deepEqual(Object.keys(open).sort(), ["maxPayload", "pingInterval", "pingTimeout", "sid", "upgrades"]);
    assert.deepEqual(open.upgrades, ["websocket"]);
    assert.equal(open.pingInterval, 25_000);
    assert.equal(open.pingTimeout, 20_000);
  });

  test("over WebSocket offers no upgrade", async (t) => {
    const wire = new Wire(t, `ws://${at("plain", WEBSOCKET)}`);
    assert.deepEqual(JSON.parse((await wire.next()).slice(1)).upgrades, []);
  });

  for (const query of ["transport=polling", "EIO=3&transport=polling", "EIO=abc&transport=polling", "EIO=4", "EIO=4&transport=abc", `${POLLING}&sid=abc`]) {
    test(`is refused with ${query}`, async () => assert.equal((await get(query)).status, 400));
  }

  for (const method of ["POST", "PUT", "DELETE"]) {
    test(`is refused by ${method}`, async () => assert.equal((await get(POLLING, { method })).status, 400));
  }

  for (const query of ["transport=websocket", "EIO=abc&transport=websocket", "EIO=4", "EIO=4&transport=abc"]) {
    test(`over WebSocket is refused with ${query}`, async (t) => {
      const wire = new Wire(t, `ws://${at("plain", query)}`);
      assert.notEqual(await wire.isClosed(), 1000);
    });
  }
});

describe("the end and the upgrade of a session", () => {
  for (let round = 0; round < 10; round++) {
    test(`a session closed by POST ends the poll that waits (round ${round})`, async () => {
      const sid = await session();
      const poll = get(`${POLLING}&sid=${sid}`);
      await posted(sid, "1");
      const response = await poll;
      assert.equal(response.status, 200);
      assert.equal(await response.text(), "6");
      assert.equal((await get(`${POLLING}&sid=${sid}`)).status, 400);
    });
  }

  test("a WebSocket is closed when its client closes it", async (t) => {
    const wire = await opened(t);
    wire.send("1");
    await wire.isClosed();
  });

  test("a session moves to a WebSocket, and polls no more", async (t) => {
    const sid = await session();
    const wire = new Wire(t, `ws://${at("plain", `${WEBSOCKET}&sid=${sid}`)}`);
    await once(wire.ws, "open");
    wire.send("2probe");
    assert.equal(await wire.next(), "3probe");
    wire.send("5", "40");
    assert.match(await wire.next(), /^40\{"sid":/);
    assert.equal((await get(`${POLLING}&sid=${sid}`)).status, 400);
    const second = new Wire(t, `ws://${at("plain", `${WEBSOCKET}&sid=${sid}`)}`);
    await second.isClosed();
    wire.send('420["echo",1]');
    assert.equal(await wire.next(), "430[1]");
  });
});

describe("connecting to a namespace", () => {
  test("the main one, with and without auth", async (t) => {
    for (const auth of ["", "{}", '{"token":"t"}']) {
      const wire = await joined(t, "", "plain", auth);
      wire.send('421["handshake"]');
      assert.deepEqual(JSON.parse((await wire.next()).slice(3))[0].auth, JSON.parse(auth || "{}"));
    }
  });

  test("a custom one, with and without auth, beside the main one", async (t) => {
    const wire = await joined(t);
    wire.send("40/store-1,");
    assert.match(await wire.next(), /^40\/store-1,\{"sid":/);
    wire.send('40/guarded,{"token":"let me in"}');
    assert.match(await wire.next(), /^40\/guarded,\{"sid":/);
    wire.send('42/guarded,7["echo","custom"]', '427["echo","main"]');
    assert.equal(await wire.next(), '43/guarded,7["custom"]');
    assert.equal(await wire.next(), '437["main"]');
  });

  test("one that rejects has a reason", async (t) => {
    const wire = await opened(t);
    wire.send("40/guarded,");
    const refusal = await wire.next();
    assert.ok(refusal.startsWith("44/guarded,{"), refusal);
    assert.deepEqual(JSON.parse(refusal.slice(11)), { message: "not authorized", data: { code: "unauthenticated", retryAfterMs: 100 } });
  });

  test("one that is not there", async (t) => {
    const wire = await opened(t);
    wire.send("40/random");
    assert.equal(await wire.next(), '44/random,{"message":"Invalid namespace"}');
  });

  for (const packet of ["4abc", "40[]", '40"t"', "40{", '44{"message":"no"}']) {
    test(`is not done by ${packet}`, async (t) => {
      const wire = await opened(t);
      wire.send(packet);
      await wire.isClosed();
    });
  }

  test("is not done twice", async (t) => {
    const wire = await joined(t);
    wire.send("40");
    await wire.isClosed();
  });
});

describe("leaving a namespace", () => {
  test("the main one, while the custom one goes on", async (t) => {
    const wire = await joined(t);
    wire.send("40/store-1,");
    await wire.next();
    wire.send("41", '42/store-1,1["echo","here"]');
    assert.equal(await wire.next(), '43/store-1,1["here"]');
    wire.send("41/store-1,", "40/store-1,");
    assert.match(await wire.next(), /^40\/store-1,\{"sid":/);
  });

  test("the server may end it", async (t) => {
    const wire = await joined(t);
    wire.send('42["put me out",false]');
    assert.equal(await wire.next(), "41");
    wire.send('42["put me out",true]', "40/store-1,");
    assert.match(await wire.next(), /^40\/store-1,/);
  });
});

describe("messages", () => {
  test("a plain event, and one with an ack", async (t) => {
    const wire = await joined(t);
    wire.send('42["say",1,"2",{"3":[true]}]', '42456["echo",1,"2",{"3":[false]}]');
    assert.equal(await wire.next(), '42["said",1,"2",{"3":[true]}]');
    assert.equal(await wire.next(), '43456[1,"2",{"3":[false]}]');
  });

  test("a binary event, and one with an ack", async (t) => {
    const wire = await joined(t);
    const places = '{"_placeholder":true,"num":0},{"_placeholder":true,"num":1}';
    for (const [packet, back] of [[`452-["say",${places}]`, `452-["said",${places}]`], [`452-789["echo",${places}]`, `462-789[${places}]`]]) {
      wire.send(packet, Buffer.from([1, 2, 3]), Buffer.from([4, 5, 6]));
      assert.equal(await wire.next(), back);
      assert.deepEqual(await wire.next(), Buffer.from([1, 2, 3]));
      assert.deepEqual(await wire.next(), Buffer.from([4, 5, 6]));
    }
  });

  test("a binary event over polling", async () => {
    const sid = await session();
    await posted(sid, "40");
    assert.match(await polled(sid), /^40\{/);
    await posted(sid, '451-["say",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
    assert.equal(await polled(sid), '451-["said",{"_placeholder":true,"num":0}]\x1ebAQIDBA==');
  });

  test("the server asks, and the client answers with binary", async (t) => {
    const wire = await joined(t);
    wire.send('421["ask me","question",20000,[2]]');
    const [, id] = /^42(\d+)\["question",2\]$/.exec(await wire.next());
    wire.send(`461-${id}[{"_placeholder":true,"num":0}]`, Buffer.from([9]));
    assert.equal(await wire.next(), '461-1[{"answer":{"_placeholder":true,"num":0}}]');
    assert.deepEqual(await wire.next(), Buffer.from([9]));
  });

  test("an answer that is not waited for is passed over", async (t) => {
    const wire = await joined(t);
    wire.send("43999[]", '421["echo"]');
    assert.equal(await wire.next(), "431[]");
  });

  for (const packet of ["4NaN", "4abc", "42{}", "42[]", "42[null]", '42"a"', "42abc[1]", '42["connect"]', '42["disconnect"]', "43[]", "431{}", '450-["say"]', '45["say"]', '451-["say",{"_placeholder":true,"num":1}]', '4511-["say"]', "41{}", '42/store-1,["say"]']) {
    test(`${packet} closes the connection`, async (t) => {
      const wire = await joined(t);
      wire.send(packet);
      await wire.isClosed();
    });
  }
});

describe("recovery", () => {
  test("a client that shows its secret and its offset recovers its id, and gets what it missed", async (t) => {
    const [lost, other] = [await joined(t, "", "recovering"), await joined(t, "", "recovering")];
    const { sid, pid } = lost.connectAnswer;
    const tell = (n) => other.send(`42${n}["tell",{"to":["${sid}"],"event":"news","args":[${n}]}]`);
    tell(1);
    const [, offset] = /^42\["news",1,"([^"]+)"\]$/.exec(await lost.next());
    other.send(`429["tell me when away","${sid}"]`);
    assert.equal(await other.next(), "431[]");
    assert.equal(await other.next(), "439[]");
    lost.ws.terminate();
    assert.match(await other.next(), /^42\["away"/);
    tell(2);
    assert.equal(await other.next(), "432[]");
    const back = await joined(t, "", "recovering", JSON.stringify({ pid, offset }));
    assert.deepEqual(back.connectAnswer, { sid, pid });
    assert.match(await back.next(), /^42\["news",2,"/);
  });

  test("an unknown secret starts a new session", async (t) => {
    const wire = await joined(t, "", "recovering", '{"pid":"made-up","offset":"made-up"}');
    assert.notEqual(wire.connectAnswer.pid, "made-up");
  });
});
