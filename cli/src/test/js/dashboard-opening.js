// How long the dashboard takes from the navigation until its list is shown, with an empty cache: `npm run dashboard-opening`.
import { test } from 'node:test';
import { Hub } from '../../../../examples/test/hub.js';
import { townFile, place } from './fleet.js';
import { openBrowser, openPage } from './page.js';

const ORDERS = 200;
const RUNS = 5;

/** Signs in before the page is there, and notes when it has drawn a row, in milliseconds since the navigation. */
function prepare(page, token) {
  return page.evaluateOnNewDocument((tokens) => {
    sessionStorage.setItem('waybill.tokens', tokens);
    const look = () => {
      const isDrawn = document.querySelector('.board .row') !== null;
      requestAnimationFrame(isDrawn ? () => (globalThis.listMs = performance.now()) : look);
    };
    look();
  }, JSON.stringify({ token }));
}

test('the dashboard is opened', async (t) => {
  const hub = await Hub.start(t, '--basemap', townFile());
  const token = await hub.token('root', 'admin');
  for (let i = 0; i < ORDERS; i++) {
    await hub.send('POST', '/api/v1/orders', token, {
      storeId: `store-${i % 20}`, customerName: `Customer ${i}`, deliveryAddress: place((i * 37 % 100) / 100, (i * 11 % 100) / 100),
      items: [{ product: 'sushi', quantity: 1 }],
    });
    await new Promise((resolve) => setTimeout(resolve, 25)); // below the rate of one user
  }
  const browser = await openBrowser(t);
  const lists = [];
  const maps = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await openPage(browser); // a context of its own, so an empty cache
    await prepare(page, token);
    await page.goto(`${hub.url}/dashboard`);
    lists.push(await (await page.waitForFunction(() => globalThis.listMs)).jsonValue());
    await page.waitForSelector('.map-canvas[data-ready]');
    maps.push(await page.evaluate(() => performance.now()));
    await page.browserContext().close();
  }
  const median = (values) => Math.round([...values].sort((a, b) => a - b)[values.length >> 1]);
  const all = (values) => values.map(Math.round).join(', ');
  console.log(`${ORDERS} orders, ${RUNS} runs, ms since the navigation: list ${all(lists)}, median ${median(lists)}; map ${all(maps)}, median ${median(maps)}`);
});
