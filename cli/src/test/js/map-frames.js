// Frame times and traffic of the map with 2,000 drivers that move: `npm run map-frames`.
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { place, townFile } from './fleet.js';
import { openBrowser, openPage, press } from './page.js';

const DRIVERS = 2_000;
const LANES = 16;
const REPORT_EVERY_MS = 10_000;
const MEASURED_MS = 20_000;

/** A part of the drivers, each of which waits for its turn in the interval. */
async function drive(hub, tokens, lane, state) {
  for (let turn = 0; state.isRunning; turn++) {
    const startMs = Date.now();
    for (const [i, token] of tokens.entries()) {
      const at = (i * LANES + lane) / DRIVERS;
      const { longitude, latitude } = place((at * 37 + turn * 0.01) % 1, (at * 11) % 1);
      await hub.send('POST', '/api/v1/drivers/me/location', token, { longitude, latitude, heading: 90, speed: 8 });
      state.reports++;
    }
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, startMs + REPORT_EVERY_MS - Date.now())));
  }
}

/** The time between frames, in milliseconds. */
function frameTimes(page, measuredMs) {
  return page.evaluate((durationMs) => new Promise((resolve) => {
    const times = [];
    const start = performance.now();
    let last = start;
    const step = (now) => {
      times.push(now - last);
      last = now;
      now - start < durationMs ? requestAnimationFrame(step) : resolve(times.slice(1));
    };
    requestAnimationFrame(step);
  }), measuredMs);
}

function quantile(values, part) {
  return [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))].toFixed(1);
}

test('the map with many drivers that move', { timeout: 240_000 }, async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const lanes = Array.from({ length: LANES }, () => []);
  await Promise.all(lanes.map(async (tokens, lane) => {
    for (let i = lane; i < DRIVERS; i += LANES) {
      tokens.push(await hub.token(`driver-${i}`, 'driver'));
    }
  }));
  const state = { isRunning: true, reports: 0 };
  const driving = lanes.map((tokens, lane) => drive(hub, tokens, lane, state));
  const page = await openPage(await openBrowser(t));
  await page.goto(`${hub.url}/dashboard`);
  await press(page, 'Administrator');
  const startMs = Date.now();
  await page.waitForSelector('.board');
  const boardMs = Date.now() - startMs;
  await page.waitForSelector('.map-canvas[data-ready]');
  const mapMs = Date.now() - startMs;
  await page.waitForFunction((count) => document.querySelector('.drivers .count')?.textContent === `${count}`, { timeout: 60_000 }, DRIVERS);
  const cdp = await page.createCDPSession();
  await cdp.send('Network.enable');
  let bytes = 0;
  cdp.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    bytes += opcode === 1 ? Buffer.byteLength(payloadData) : Buffer.byteLength(payloadData, 'base64');
  });
  const before = state.reports;
  const times = await frameTimes(page, MEASURED_MS);
  const perSecond = (count) => Math.round((count * 1_000) / MEASURED_MS);
  console.log(`lists after ${boardMs} ms, map after ${mapMs} ms; ${perSecond(state.reports - before)} reports/s, ${perSecond(bytes)} bytes/s to the page`);
  console.log(`${times.length} frames, ms between them: median ${quantile(times, 0.5)}, 95% ${quantile(times, 0.95)}, 99% ${quantile(times, 0.99)}, longest ${quantile(times, 1)}`);
  state.isRunning = false;
  await Promise.all(driving);
});
