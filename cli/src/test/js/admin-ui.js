// The page of the Socket.IO Admin UI, and a hub that has an account for it.
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hub } from '../../../../examples/test/hub.js';
import { openPage, text } from './page.js';

export const PASSWORD = 'correct horse';
const HASH = '$2b$12$s2dTSg/FKfgK7FKfm9XTYuS7du5wIPM8FBp1Ujk4H4igJBHAWRoSO';

/** Starts a hub with an account. */
export function startHub(t, ...options) {
  const file = join(mkdtempSync(join(tmpdir(), 'waybill-admin-')), 'hash');
  writeFileSync(file, `${HASH}\n`);
  return Hub.start(t, '--admin-ui-user', 'ops', '--admin-ui-password-hash-file', file, ...options);
}

/** Types into the field with that label. */
export async function type(page, label, value) {
  await text(page, 'label', label);
  const field = await page.evaluateHandle((wanted) => [...document.querySelectorAll('label')]
    .find((one) => one.textContent.includes(wanted)).parentElement.querySelector('input'), label);
  await field.evaluate((element) => { element.focus(); element.select(); });
  await field.type(value);
}

/** Opens the page, which asks for the password. */
export async function openSignIn(browser, hub) {
  const page = await openPage(browser);
  page.setDefaultTimeout(60_000);
  await page.evaluateOnNewDocument(() => {
    const { send } = WebSocket.prototype;
    WebSocket.prototype.send = function sendAndLook(data) {
      if (data === '5') globalThis.upgraded = this; // what Engine.IO sends when it leaves long polling
      return send.call(this, data);
    };
  });
  await page.goto(`${hub.url}/admin-ui`);
  await type(page, 'Server URL', hub.url);
  await type(page, 'Username', 'ops');
  return page;
}

/** Clicks the element once it is there: not where it is on the screen, since it may be moving. */
export const click = async (page, selector) => (await page.waitForSelector(selector)).evaluate((element) => element.click());

export const submit = (page) => click(page, 'form button[type=submit]');

/** Opens the page and signs in. */
export async function connectPage(browser, hub) {
  const page = await openSignIn(browser, hub);
  await signIn(page);
  return page;
}

/** Signs in to a page that asks for the password. */
export async function signIn(page) {
  await type(page, 'Password', PASSWORD);
  await submit(page);
  await page.waitForFunction(() => document.querySelector('.v-dialog--active') === null);
}
