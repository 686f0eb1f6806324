// What an administrator that is connected to a hub with 5,000 sockets costs its clients: `npm run admin-ui-load`. By turns no administrator
// and one is connected, in a process of its own, and the acks of drivers' positions are timed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import WebSocket from 'ws';
import { io } from 'socket.io-client';
import { PASSWORD, connectPage, startHub } from './admin-ui.js';
import { openBrowser, text } from './page.js';

const SOCKETS = 5_000;
const DRIVERS = 100;
const POSITION_EVERY_MS = 500;
const BROADCASTS_PER_SECOND = 2;
const ROUNDS = 4;
const PHASE_MS = 8_000;
const WARMUP_MS = 10_000;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;

/** A socket on /realtime, with no more than it needs of the protocol. */
function open(hub, token) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${hub.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    const acks = new Map();
    socket.on('message', (data) => {
      const packet = data.toString();
      if (packet === '2') socket.send('3');
      else if (packet.startsWith('0{')) socket.send(`40/realtime,${JSON.stringify({ token })}`);
      else if (packet.startsWith('40/realtime')) resolve({ socket, acks });
      else if (packet.startsWith('44')) reject(new Error(packet));
      else if (packet.startsWith('43/realtime,')) {
        const id = parseInt(packet.slice('43/realtime,'.length), 10);
        acks.get(id)?.();
        acks.delete(id);
      }
    });
    socket.on('error', reject);
  });
}

/** Reports positions, and the time until each is acknowledged. */
function drive({ socket, acks }, onLatency) {
  let id = 0;
  const report = () => {
    const sent = performance.now();
    acks.set(id, () => onLatency(performance.now() - sent));
    socket.send(`42/realtime,${id++}["driver:location",{"latitude":59.9${randomInt(1000)},"longitude":10.7}]`);
  };
  setTimeout(() => setInterval(report, POSITION_EVERY_MS).unref(), randomInt(POSITION_EVERY_MS));
}

/** An administrator in a process of its own, which prints a line for each of the hub's figures. */
class Administrator {
  constructor(hub) {
    this.lines = [];
    this.child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'administrator', hub.url], { stdio: ['ignore', 'pipe', 'inherit'] });
    createInterface({ input: this.child.stdout }).on('line', (line) => this.lines.push(JSON.parse(line)));
  }

  stop() {
    return new Promise((resolve) => { this.child.once('exit', resolve); this.child.kill(); });
  }
}

function beAdministrator(url) {
  const started = performance.now();
  const admin = io(`${url}/admin`, { auth: { username: 'ops', password: PASSWORD }, transports: ['websocket'] });
  const counts = {};
  admin.onAny((event) => { counts[event] = (counts[event] ?? 0) + 1; });
  admin.on('all_sockets', (sockets) => console.log(JSON.stringify({ sockets: sockets.length, allSocketsMs: performance.now() - started })));
  admin.on('server_stats', ({ clientsCount }) => {
    const asked = performance.now();
    admin.emit('leave', '/realtime', 'no room', 'no socket', () => console.log(JSON.stringify({ clientsCount, commandMs: performance.now() - asked, counts })));
  });
}

async function measure() {
  test('5,000 sockets with and without an administrator', { timeout: 900_000 }, async (t) => {
    const hub = await startHub(t, ...['position-rate', 'sockets-per-user', 'handshake-rate', 'address-rate', 'connection-rate', 'address-connections', 'session-rate', 'order-rate']
      .flatMap((name) => [`--${name}`, '0']));
    const root = await hub.token('root', 'admin');
    const latencies = { without: [], with: [] };
    let phase = null;
    for (let i = 0; i < SOCKETS; i += 50) {
      const tokens = await Promise.all(Array.from({ length: 50 }, (_, k) => hub.token(`u${i + k}`, i + k < DRIVERS ? 'driver' : 'customer')));
      const opened = await Promise.all(tokens.map((token) => open(hub, token)));
      opened.forEach((one, k) => {
        t.after(() => one.socket.terminate());
        if (i + k < DRIVERS) drive(one, (ms) => { if (phase) latencies[phase].push(ms); });
      });
    }
    const broadcasts = setInterval(() => hub.send('POST', '/api/v1/emit', root, { to: { role: 'customer' }, event: 'announcement', data: { text: 'x'.repeat(200) } }), 1000 / BROADCASTS_PER_SECOND);
    t.after(() => clearInterval(broadcasts));
    await wait(WARMUP_MS);
    for (let round = 0; round < ROUNDS; round++) {
      for (const name of round % 2 === 0 ? ['without', 'with'] : ['with', 'without']) {
        const administrator = name === 'with' ? new Administrator(hub) : null;
        await wait(2_000);
        phase = name;
        await wait(PHASE_MS);
        phase = null;
        if (administrator) {
          await administrator.stop();
          const { lines } = administrator;
          const { sockets, allSocketsMs } = lines.find((line) => line.sockets);
          const last = lines.findLast((line) => line.clientsCount);
          const commands = lines.filter((line) => line.commandMs).map((line) => line.commandMs.toFixed(1));
          console.log(`${sockets} sockets shown ${Math.round(allSocketsMs)} ms after the administrator's start; ms of a command: ${commands.join(', ')}; ${JSON.stringify(last.counts)}`);
          assert.equal(last.clientsCount, SOCKETS + 1);
        }
        await wait(1_000);
      }
    }
    for (const name of ['without', 'with']) {
      const sorted = latencies[name].sort((a, b) => a - b);
      console.log(`${name} an administrator: ${sorted.length} acks, ms p50 ${percentile(sorted, 0.5).toFixed(2)}, p90 ${percentile(sorted, 0.9).toFixed(2)}, p99 ${percentile(sorted, 0.99).toFixed(2)}, load ${loadavg()[0]}`);
    }
    const browser = await openBrowser(t, { isDrawing: false });
    const started = performance.now();
    const page = await connectPage(browser, hub);
    console.log(`the page is signed in after ${Math.round(performance.now() - started)} ms`);
    for (const [view, wanted] of [['#/sockets/', '127.0.0.1'], ['#/rooms/', 'role:'], ['#/clients/', '127.0.0.1'], ['#/servers/', ' ago'], ['#/', '/realtime']]) {
      const asked = performance.now();
      await page.evaluate((hash) => { location.hash = hash; }, view);
      await text(page, 'td', wanted);
      console.log(`view ${view} after ${Math.round(performance.now() - asked)} ms`);
    }
    assert.deepEqual(page.faults, []);
  });
}

if (process.argv[2] === 'administrator') {
  beAdministrator(process.argv[3]);
} else {
  await measure();
}
