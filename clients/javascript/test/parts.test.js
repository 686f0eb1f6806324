// The parts of the client that need no hub.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EventCursor } from '../src/cursor.js';
import { WaybillError } from '../src/error.js';
import { Outbox } from '../src/outbox.js';
import { PositionQueue } from '../src/positions.js';
import { newKey, timeoutSignal } from '../src/runtime.js';
import { Storage } from '../src/storage.js';

test('an event is new once, by name and id together', () => {
  const cursor = new EventCursor();
  assert.equal(cursor.since, undefined);
  assert.ok(cursor.accept('order:new', 7));
  assert.ok(!cursor.accept('order:new', 7));
  assert.ok(cursor.accept('order:status_update', 7));
  assert.ok(cursor.accept('order:status_update', 6), 'an older one that was not had');
  assert.equal(cursor.since, 6, 'of the newest id it may have only one');
});

test('after a restart only the events of the newest id and later ones are new', () => {
  const first = new EventCursor();
  first.accept('order:new', 4);
  first.accept('order:new', 7);
  const second = new EventCursor(JSON.parse(JSON.stringify(first)));
  assert.equal(second.since, 6);
  assert.ok(!second.accept('order:new', 4));
  assert.ok(!second.accept('order:new', 7));
  assert.ok(second.accept('order:status_update', 7));
  assert.ok(second.accept('order:new', 8));
  assert.equal(new EventCursor({ newest: 'x' }).since, undefined, 'a damaged one counts as none');
});

test('a cursor holds the newest 2,000 ids, and takes none for new that it no longer holds', () => {
  const cursor = new EventCursor();
  for (let id = 1; id <= 10_000; id++) {
    assert.ok(cursor.accept('order:new', id));
  }
  assert.ok(!cursor.accept('order:new', 1));
  assert.ok(!cursor.accept('order:new', 9_000));
});

test('a storage that fails is reported once, and the client goes on', async () => {
  const failures = [];
  const full = { getItem: () => null, setItem: () => { throw new Error('quota exceeded'); } };
  const storage = new Storage(full, '', (failure) => failures.push(failure.message));
  await storage.save('outbox', [1]);
  await storage.save('outbox', [1, 2]);
  assert.deepEqual(failures, ['quota exceeded']);
  assert.deepEqual(await storage.load('outbox'), [1, 2]);
});

test('of writes that wait for a slow storage only the newest is written', async () => {
  const written = [];
  const slow = { getItem: () => null, setItem: async (_, text) => written.push(JSON.parse(text)) };
  const storage = new Storage(slow, '', assert.fail);
  for (let i = 1; i <= 100; i++) {
    storage.save('positions', i);
  }
  await storage.flush();
  assert.equal(written.at(-1), 100);
  assert.ok(written.length <= 2, `${written.length} writes`);
});

const silent = { done() {}, refused() {}, changed() {}, fileNotSaved() {}, verdict() {}, rejected() {} };

function storage() {
  return new Storage(undefined, '', assert.fail);
}

test('one action more than fit is refused, and those that wait stay', async () => {
  const rest = { request: () => new Promise(() => {}) };
  let keys = 0;
  const outbox = new Outbox({ rest, storage: storage(), listener: silent, newKey: () => `${keys++}` });
  for (let i = 0; i < 1_000; i++) {
    outbox.add('POST', `/${i}`);
  }
  await assert.rejects(outbox.add('POST', '/x'), { code: 'too_large' });
  assert.equal(outbox.length, 1_000);
});

test('an action keeps its key until the hub has answered', async () => {
  const keys = [];
  const rest = {
    async request(method, path, body, { idempotencyKey }) {
      keys.push(idempotencyKey);
      if (keys.length < 3) {
        throw new WaybillError({ code: keys.length === 1 ? 'offline' : 'unavailable', retryAfterMs: 1 });
      }
      return { ok: true };
    },
  };
  const outbox = new Outbox({ rest, storage: storage(), listener: silent, newKey: () => 'k1', random: () => 0 });
  assert.deepEqual(await outbox.add('POST', '/x'), { ok: true });
  assert.deepEqual(keys, ['k1', 'k1', 'k1']);
});

test('a file is sent as it is, also after a restart, and before what follows it', async () => {
  const stored = new Map();
  const files = {
    put: async (key, file) => stored.set(key, file), get: async (key) => stored.get(key), delete: (key) => stored.delete(key),
  };
  const items = new Map();
  const saved = () => new Storage({ getItem: (key) => items.get(key), setItem: (key, text) => items.set(key, text) }, '', assert.fail);
  const offline = { request: () => new Promise(() => {}) };
  let keys = 0;
  const first = new Outbox({ rest: offline, storage: saved(), files, listener: silent, newKey: () => `k${keys++}` });
  first.add('POST', '/photo', new Blob(['jpeg'], { type: 'image/jpeg' }));
  first.add('PATCH', '/status', { status: 'delivered' });
  while (JSON.parse(items.get('outbox') ?? '[]').length < 2 || stored.size < 1) {
    await new Promise(setImmediate);
  }
  first.close();
  const sent = [];
  const rest = {
    async request(method, path, body) {
      sent.push([path, body instanceof Blob ? `${body.type} ${await body.text()}` : body]);
    },
  };
  const second = new Outbox({ rest, storage: saved(), files, listener: silent, newKey: () => 'x' });
  second.open();
  while (sent.length < 2 || stored.size > 0) {
    await new Promise(setImmediate);
  }
  assert.deepEqual(sent, [['/photo', 'image/jpeg jpeg'], ['/status', { status: 'delivered' }]]);
});

test('a file that is gone is refused, and the next action follows', async () => {
  const items = new Map([['outbox', JSON.stringify([{ key: 'k1', method: 'POST', path: '/photo', isFile: true }])]]);
  const refused = [];
  const outbox = new Outbox({
    rest: { request: async () => 'done' }, files: { get: () => undefined, delete() {} }, newKey: () => 'k2',
    storage: new Storage({ getItem: (key) => items.get(key), setItem() {} }, '', assert.fail),
    listener: { ...silent, refused: (_, error) => refused.push(error.code) },
  });
  assert.equal(await outbox.add('POST', '/x'), 'done');
  assert.deepEqual(refused, ['not_found']);
});

test('of more positions than may wait the oldest are dropped', async () => {
  const sent = [];
  let answer;
  const emit = (_, data) => {
    sent.push(data);
    return new Promise((resolve) => (answer = resolve));
  };
  const queue = new PositionQueue({ emit, storage: storage(), listener: silent });
  for (let i = 0; i < 8_000; i++) {
    await queue.add({ latitude: 0, longitude: i / 100, recordedAt: i });
  }
  assert.equal(queue.length, 7_200);
  assert.equal(sent[0].recordedAt, 0, 'the one that is being sent stays');
  answer({ ok: true });
  await new Promise(setImmediate);
  assert.equal(sent[1].length, 500);
  assert.equal(sent[1][0].recordedAt, 801);
});

test('without crypto.randomUUID and AbortSignal.timeout, as in React Native, keys differ and requests time out', async (t) => {
  const { randomUUID } = crypto;
  const { timeout } = AbortSignal;
  t.after(() => {
    crypto.randomUUID = randomUUID;
    AbortSignal.timeout = timeout;
  });
  crypto.randomUUID = undefined;
  AbortSignal.timeout = undefined;
  assert.equal(new Set(Array.from({ length: 1_000 }, newKey)).size, 1_000);
  const signal = timeoutSignal(1);
  await new Promise((resolve) => signal.addEventListener('abort', resolve));
  assert.ok(signal.aborted);
});
