// The stock page of the Socket.IO Admin UI in headless Chromium, served by a hub of its own.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { io } from 'socket.io-client';
import { PASSWORD, click, openSignIn, signIn, startHub, submit, type } from './admin-ui.js';
import { openBrowser, text } from './page.js';

/** A connected client of the hub, closed when test `t` ends, and the events that it has received. */
async function connect(t, hub, namespace, token) {
  const socket = io(hub.url + namespace, { auth: { token }, forceNew: true, transports: ['websocket'] });
  t.after(() => socket.close());
  socket.received = [];
  socket.onAny((event, ...args) => {
    socket.received.push([event, ...args]);
    socket.look?.();
  });
  await once(socket, 'connect');
  return socket;
}

/** The arguments of the next event of that name. */
async function next(socket, event) {
  const at = () => socket.received.findIndex(([name]) => name === event);
  while (at() < 0) await new Promise((resolve) => { socket.look = resolve; });
  return socket.received.splice(at(), 1)[0].slice(1);
}

const once = (socket, event) => new Promise((resolve) => socket.once(event, (...args) => resolve(args)));

/** Runs the program of the documentation against the hub; resolves with what it prints. */
function runDocumented(t, hub) {
  const page = readFileSync(new URL('../../../../docs/admin-ui.md', import.meta.url), 'utf8');
  const [, program] = page.match(/```js\nimport [^\n]+\n([^`]+)```/);
  const code = program.replace('http://localhost:9001', hub.url);
  return new Promise((log) => {
    const admin = new Function('io', 'process', 'console', `${code}; return admin;`)(io, { env: { PASSWORD } }, { log });
    t.after(() => admin.close());
  });
}

/** Shows a view of the page. */
const show = (page, view) => page.evaluate((hash) => { location.hash = hash; }, view);

/** Shows the sockets, rooms or events of a namespace. */
async function choose(page, namespace) {
  await click(page, '.v-main .v-select__slot');
  await text(page, '.menuable__content__active .v-list-item', namespace);
  await page.evaluate((wanted) => [...document.querySelectorAll('.menuable__content__active .v-list-item')]
    .find((item) => item.textContent.trim() === wanted).click(), namespace);
  await text(page, '.v-main .v-select__selection', namespace);
}

const rowOf = (...wanted) => `//tbody/tr[${wanted.map((one) => `contains(., "${one}")`).join(' and ')}]`;
const row = (...wanted) => `::-p-xpath(${rowOf(...wanted)})`;
const buttonOf = (...wanted) => `::-p-xpath(${rowOf(...wanted)}//button)`;

/** Waits until a table has one text, and none has the other. */
const tableWithout = (page, wanted, other) => page.waitForFunction((one, two) => {
  const cells = [...document.querySelectorAll('td')].map((cell) => cell.textContent);
  return cells.some((cell) => cell.includes(one)) && !cells.some((cell) => cell.includes(two));
}, {}, wanted, other);

/** Emits over the connection that the page has: it has no form for an event. */
async function emit(page, ...args) {
  await page.waitForFunction(() => globalThis.upgraded);
  await page.evaluate((json) => globalThis.upgraded.send(`42/admin,${json}`), JSON.stringify(['emit', ...args]));
}

test('the page lists sockets and rooms live, emits, joins, leaves and disconnects', async (t) => {
  const hub = await startHub(t);
  const browser = await openBrowser(t, { isDrawing: false });
  const token = await hub.token('kari', 'driver');
  const kari = await connect(t, hub, '/realtime', token);
  const kariId = kari.id;
  const page = await openSignIn(browser, hub);
  await type(page, 'Password', 'wrong horse');
  await submit(page);
  await text(page, '.red--text', 'Invalid credentials');
  await signIn(page);
  await text(page, 'code', '/realtime');

  await show(page, '#/sockets/');
  await choose(page, '/realtime');
  await page.waitForSelector(row(kari.id));
  const ola = await connect(t, hub, '/realtime', await hub.token('ola', 'driver'));
  await page.waitForSelector(row(ola.id));

  await click(page, row(kari.id));
  await text(page, 'pre', '"userId": "kari"');
  await text(page, 'td', 'user:driver:kari');
  const shown = await page.evaluate(() => document.body.textContent);
  assert.ok(!shown.includes(token) && !shown.includes(token.split('.')[2]));
  await page.type('.select-room input', 'vip');
  await click(page, '.select-room ~ button');
  await text(page, 'td', 'vip');

  await emit(page, '/realtime', 'vip', 'greeting', { hello: 'kari' }, [1, null]);
  await emit(page, '/realtime', '', 'greeting', 'all');
  assert.deepEqual(await next(kari, 'greeting'), [{ hello: 'kari' }, [1, null]]);
  assert.deepEqual(await next(kari, 'greeting'), ['all']);
  assert.deepEqual(await next(ola, 'greeting'), ['all']);

  await show(page, '#/rooms/');
  await page.waitForSelector(row('vip'));
  await show(page, '#/events/');
  kari.emit('no:such:event', { token, note: 'seen' });
  await page.waitForSelector(row('no:such:event'));
  await page.waitForSelector(row('greeting'));
  await page.waitForSelector(row('vip'));
  const ofKari = `#/n/${encodeURIComponent('/realtime')}/sockets/${kariId}`;
  await show(page, ofKari);
  await click(page, buttonOf('vip')); // and, as the page has it, shows the room
  await show(page, ofKari);
  await tableWithout(page, 'user:driver:kari', 'vip');

  await show(page, '#/sockets/');
  const gone = once(kari, 'disconnect');
  await click(page, buttonOf(kariId, '127.0.0.1')); // and, as the page has it, shows the socket
  assert.deepEqual((await gone)[0], 'io server disconnect');
  await show(page, '#/sockets/');
  await tableWithout(page, ola.id, kariId);

  assert.deepEqual(await runDocumented(t, hub), { ok: true });
  assert.deepEqual(await next(ola, 'announcement'), [{ text: 'The depot closes at ten' }]);

  await show(page, '#/');
  await page.reload();
  await text(page, 'code', '/realtime'); // it has signed in again by itself
  assert.equal(await page.$('.v-dialog--active'), null);
  await page.evaluate(() => { localStorage.dark_theme = 'true'; });
  await page.reload();
  await text(page, 'code', '/realtime');
  await page.waitForSelector('.theme--dark.v-application');
  await show(page, '#/clients/');
  await page.waitForSelector(row('127.0.0.1'));
  await show(page, '#/servers/');
  await page.waitForSelector(row(' ago'));
  assert.deepEqual(page.faults, []);
});
