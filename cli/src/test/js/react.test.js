// The apps in examples/react-*, built and served as a user would: one delivery, live in both.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { test } from 'node:test';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Hub } from '../../../../examples/test/hub.js';
import { Line } from '../../../../examples/test/line.js';
import { accessibilityFaults, openBrowser, openPage, photograph, press, text } from './page.js';
import { OPTIONS, PHONE, delayListOfOffers, move, place } from './people.js';

const TRACKING = fileURLToPath(new URL('../../../../examples/react-tracking', import.meta.url));
const DRIVER = fileURLToPath(new URL('../../../../examples/react-native-driver', import.meta.url));
const README = new URL('../../../../clients/javascript/README.md', import.meta.url);
const DOCS = new URL('../../../../docs/', import.meta.url);
const WORDS_A_MINUTE = 200;
const READ_WITHIN_MINUTES = 10;
const POLL_MS = 100;
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** A web server of what an app is built to, under that name of a machine. */
class Site {
  static async start(t, host) {
    const site = new Site();
    const server = createServer(({ url }, response) => {
      const name = url === '/' ? '/index.html' : url;
      response.setHeader('content-type', TYPES[extname(name)]);
      response.end(readFileSync(join(site.folder, name)));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    t.after(() => server.close());
    site.url = `http://${host}:${server.address().port}`;
    return site;
  }

  async build(project, hub) {
    this.folder = mkdtempSync(join(tmpdir(), 'waybill-app-'));
    await promisify(execFile)('npm', ['run', 'build', '--', '--outDir', this.folder], { cwd: project, env: { ...process.env, VITE_HUB: hub } });
  }
}

/** Resolves once the position waits in the storage of the page. */
function waitForStored(page, latitude) {
  return page.waitForFunction((wanted) => localStorage.getItem('waybill:driver:kari:positions')?.includes(wanted), {}, latitude);
}

function docsPage(name) {
  return readFileSync(new URL(name, DOCS), 'utf8');
}

/** A code block of a page, by its language and its name. */
function block(page, info) {
  return page.match(new RegExp(`^\`\`\`${info}\n([^]*?)^\`\`\``, 'm'))[1];
}

/** What Vite's template for React makes, with that `src/App.jsx`, and the packages of an example. */
function writeApp(folder, app) {
  mkdirSync(join(folder, 'src'));
  symlinkSync(join(TRACKING, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'src/App.jsx'), app);
  writeFileSync(join(folder, 'src/main.jsx'), `import { StrictMode } from 'react';
    import { createRoot } from 'react-dom/client';
    import App from './App.jsx';
    createRoot(document.getElementById('root')).render(<StrictMode><App /></StrictMode>);`);
  writeFileSync(join(folder, 'index.html'), readFileSync(join(TRACKING, 'index.html')));
  writeFileSync(join(folder, 'vite.config.js'), 'import react from "@vitejs/plugin-react"; export default { plugins: [react()] };');
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
}

/** React Native has neither. */
function removeWhatPhonesLack() {
  delete Crypto.prototype.randomUUID;
  delete AbortSignal.timeout;
}

test('a driver delivers on React Native components, partly offline, and a customer follows in React', async (t) => {
  const shop = await Site.start(t, 'shop.example');
  const phone = await Site.start(t, 'localhost');
  const hub = await Hub.start(t, ...OPTIONS, '--origin', shop.url);
  const line = await Line.to(t, new URL(hub.url).port);
  await Promise.all([shop.build(TRACKING, hub.url), phone.build(DRIVER, `http://127.0.0.1:${line.port}`)]);
  const browser = await openBrowser(t, { isDrawing: false });
  const admin = await hub.token('root', 'admin');
  const { orderId, orderNumber } = await place(hub, admin);
  const advance = (status) => hub.send('PATCH', `/api/v1/orders/${orderId}/status`, admin, { status });

  const customer = await openPage(browser);
  await customer.goto(shop.url);
  await customer.type('[name=token]', await hub.token('jane', 'customer'));
  await customer.type('[name=order]', orderId);
  await press(customer, 'Follow');
  await text(customer, '.connection', 'Live');
  await text(customer, 'h1', orderNumber);
  await text(customer, '.order-status', 'has yet to accept your order');

  const driver = await openPage(browser);
  await driver.setViewport(PHONE);
  await driver.evaluateOnNewDocument(delayListOfOffers);
  await driver.evaluateOnNewDocument(removeWhatPhonesLack);
  await driver.browserContext().overridePermissions(phone.url, ['geolocation']);
  await move(driver, 59.921, 10.7508);
  await driver.goto(phone.url);
  await driver.waitForSelector('input');
  await driver.type('input', await hub.token('kari', 'driver'));
  await press(driver, 'Sign in');
  await text(driver, '[data-testid=connection]', 'Live');
  await driver.click('[role=switch]');
  await text(driver, '[data-testid=idle]', 'Waiting for an order');
  await advance('accepted');
  await text(customer, '.order-status', 'has accepted your order');
  await advance('ready_for_pickup');
  await text(driver, '[data-testid=offer]', 'seconds to answer');
  assert.deepEqual(await accessibilityFaults(driver), []);
  await photograph(driver, 'react-native-offer', PHONE);
  await driver.evaluate(() => (globalThis.isListLate = true));
  await press(driver, 'Accept');
  await text(customer, '.order-status', 'A driver is on the way to the store');
  await text(driver, '[data-testid=trip]', 'Fetch it at acme-widgets');
  await driver.waitForFunction(() => globalThis.lateLists > 0);
  assert.equal(await driver.$('[data-testid=offer]'), null);
  await press(driver, 'I am at the store');
  await press(driver, 'Picked up');
  await text(customer, '.order-status', 'on its way to you');
  await move(driver, 59.923, 10.7519);
  await text(customer, '.driver.live', 'The driver is at 59.9230, 10.7519');
  await text(customer, '.eta', 'It arrives in');
  assert.deepEqual(await accessibilityFaults(customer), []);
  await photograph(customer, 'react-tracking', PHONE);
  assert.deepEqual(driver.faults, []);

  line.cut();
  await text(driver, '[data-testid=connection]', 'Offline');
  await move(driver, 59.9245, 10.7524);
  await waitForStored(driver, '59.9245');
  await press(driver, 'I am at the door');
  await press(driver, 'Delivered');
  await text(driver, '[data-testid=waiting]', '2 actions wait');
  await driver.reload();
  await text(driver, '[data-testid=waiting]', '2 actions wait');
  await text(driver, '[data-testid=idle]', 'Waiting for an order');
  await text(customer, '.order-status', 'on its way to you');
  await line.mend();
  await text(customer, '.order-status', 'Your order was delivered');
  await driver.waitForSelector('[data-testid=waiting]', { hidden: true });
  await text(driver, '[data-testid=connection]', 'Live');
  await text(driver, '[data-testid=idle]', 'Waiting for an order');
  const hasRoute = async () => (await hub.send('GET', `/api/v1/orders/${orderId}/route`, admin)).points.some(({ latitude }) => latitude === 59.9245);
  for await (const _ of setInterval(POLL_MS)) {
    if (await hasRoute()) {
      break;
    }
  }
  const { events } = await hub.send('GET', `/api/v1/orders/${orderId}/events`, admin);
  assert.equal(events.filter(({ status }) => status === 'delivered').length, 1);
  assert.deepEqual(customer.faults, []);
  assert.deepEqual(driver.faults.filter((fault) => !fault.includes('net::ERR_')), []); // the browser reports the network's
});

test('a reader who follows the index has a first event in a React page within ten minutes', async (t) => {
  const page = docsPage('react.md');
  const [, target] = docsPage('README.md').match(/\[A first event in a React page\]\(([^)]+)\)/);
  assert.equal(target, 'react.md');
  const path = `${docsPage('README.md')} ${page.split('## See it move')[0]}`;
  assert.ok(path.split(/\s+/).length <= READ_WITHIN_MINUTES * WORDS_A_MINUTE);

  const hub = await Hub.start(t);
  const folder = mkdtempSync(join(tmpdir(), 'waybill-page-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const site = await Site.start(t, 'localhost');
  writeApp(folder, block(page, 'jsx src/App.jsx').replaceAll('http://localhost:9001', hub.url));
  site.folder = join(folder, 'dist');
  await promisify(execFile)('npx', ['vite', 'build'], { cwd: folder });
  const reader = await openPage(await openBrowser(t, { isDrawing: false }));
  await reader.goto(site.url);
  await reader.waitForSelector('button:enabled');
  await press(reader, 'Order sushi');
  await text(reader, 'li', 'is pending');
  const store = await hub.token('mo', 'merchant', { store: 'acme-widgets' });
  const { orders: [{ orderId }] } = await hub.send('GET', '/api/v1/orders', store);
  await hub.send('PATCH', `/api/v1/orders/${orderId}/status`, store, { status: 'accepted' });
  await text(reader, 'li', 'is accepted');
  assert.deepEqual(reader.faults, []);

  const tools = docsPage('http-tools.md');
  const [token, polling] = [...tools.matchAll(/^```bash\n([^]*?)^```/gm)].map(([, script]) => script.replaceAll('http://localhost:9001', hub.url));
  const bash = async (script) => (await promisify(execFile)('bash', ['-euc', script])).stdout;
  assert.match(JSON.parse(await bash(token)).token, /^ey/);
  assert.match(await bash(polling), /42\/realtime,\["connected",[^]*43\/realtime,1\[\{"ok":true/);
});

test('the hook in the README of waybill.js is the one of the app', () => {
  const [snippet] = readFileSync(README, 'utf8').match(/export function useOrder[^]*?\n}\n/);
  assert.ok(readFileSync(join(TRACKING, 'src/useOrder.js'), 'utf8').endsWith(snippet));
});
