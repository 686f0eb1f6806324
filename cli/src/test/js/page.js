// A page in headless Chromium, in which every error is one of the test.
import { mkdirSync } from 'node:fs';
import { after } from 'node:test';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import puppeteer from 'puppeteer-core';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** Screenshots are build output, for people to look at. */
const SHOTS = fileURLToPath(new URL('../../../target/screenshots', import.meta.url));

/** What a browser is started with: WebGL in software, or none. */
const DRAWING = ['--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NOT_DRAWING = ['--disable-gpu', '--disable-3d-apis'];

/** The browsers of this script by whether they draw: its tests share them, and each has contexts of its own. */
const browsers = new Map();

after(async () => {
  for (const browser of browsers.values()) {
    await (await browser).close();
  }
});

function launch(isDrawing) {
  mkdirSync(SHOTS, { recursive: true });
  return puppeteer.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-dev-shm-usage', '--host-resolver-rules=MAP *.example 127.0.0.1', ...(isDrawing ? DRAWING : NOT_DRAWING)],
  });
}

/**
 * A browser with WebGL in software, or without it, whose contexts of test `t` are closed when that ends. The sites of
 * `*.example` are this machine's.
 */
export async function openBrowser(t, { isDrawing = true } = {}) {
  if (!browsers.has(isDrawing)) {
    browsers.set(isDrawing, launch(isDrawing));
  }
  const browser = await browsers.get(isDrawing);
  const contexts = [];
  t.after(() => Promise.all(contexts.filter(({ closed }) => !closed).map((context) => context.close())));
  return {
    async createBrowserContext() {
      const context = await browser.createBrowserContext();
      contexts.push(context);
      return context;
    },
  };
}

/** A page of a user of its own; `faults` has what its console, its scripts and its policy reported. */
export async function openPage(browser) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') {
      page.faults.push(message.text());
    }
  });
  await page.setViewport({ width: 1280, height: 800 });
  return page;
}

/** What axe-core objects to, a line each. It is evaluated by the debugger, which the page's policy does not bind. */
export async function accessibilityFaults(page) {
  await page.evaluate(axe.source);
  await page.evaluate(() => Promise.all(document.getAnimations()
    .filter((each) => each.effect.getComputedTiming().endTime < Infinity).map((each) => each.finished.catch(() => {})))); // or mixed colours are seen
  const { violations } = await page.evaluate(() => globalThis.axe.run());
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}

/** Screenshots in light and dark, and on a phone; afterwards the page is as wide as `size`. */
export async function photograph(page, name, size = { width: 1280, height: 800 }) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: scheme }, { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.screenshot({ path: `${SHOTS}/${name}-${scheme}.png` });
  }
  await page.setViewport({ width: 390, height: 844 });
  await page.screenshot({ path: `${SHOTS}/${name}-phone.png` });
  await page.setViewport(size);
  await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
}

/** Resolves once an element of that selector has the text. */
export function text(page, selector, wanted) {
  return page.waitForFunction(
    (one, other) => [...document.querySelectorAll(one)].some((element) => element.textContent.includes(other)),
    { polling: 100 }, selector, wanted, // ms: to look in each frame has the browser draw each frame
  );
}

/** Clicks the button with that text. */
export async function press(page, wanted) {
  await text(page, 'button', wanted);
  await page.evaluate((label) => {
    [...document.querySelectorAll('button')].find((button) => button.textContent.includes(label)).click();
  }, wanted);
}
