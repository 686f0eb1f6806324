// The user of this page, and its tokens: the tab keeps them, or the device if the user wants that.
import { signal } from '@preact/signals';
import { completeSignIn, refreshTokens } from './provider.js';
import { settings } from './settings.js';

const KEY = 'waybill.tokens';

/** Tokens that outlive the tab, of this page alone: no other page of the hub reads them. */
const KEPT_KEY = `${KEY}:${location.pathname}`;

/** The wish to stay signed in, until the provider has led back. */
const WISH_KEY = `waybill.stay-signed-in:${location.pathname}`;

/** `{token, refreshToken?}`, or null while no user is signed in. */
export const session = signal(stored());

/** Why the user has to sign in, if there is a reason. */
export const notice = signal('');

/** Whether the next sign-in outlives the tab. It is asked for anew each time. */
export const staysSignedIn = signal(sessionStorage.getItem(WISH_KEY) === 'true');

export function setStaysSignedIn(isWanted) {
  staysSignedIn.value = isWanted;
  sessionStorage.setItem(WISH_KEY, String(isWanted));
}

/** Completes a sign-in that leads back from the provider. */
export async function resumeSession() {
  if (!settings.issuer) {
    return;
  }
  try {
    const tokens = await completeSignIn();
    if (tokens) {
      begin(tokens);
    }
  } catch (failure) {
    notice.value = failure.message;
  }
}

/** Signs in with a token; throws when it is not one. */
export function signIn(token) {
  const bare = token.trim().replace(/^bearer\s+/i, '');
  if (bare.split('.').length !== 3) {
    throw new Error('This is not a token: three parts, joined by dots, are expected.');
  }
  begin({ token: bare });
}

export function signOut(reason = '') {
  for (const [storage, key] of [[sessionStorage, KEY], [sessionStorage, WISH_KEY], [localStorage, KEPT_KEY]]) {
    storage.removeItem(key);
  }
  staysSignedIn.value = false;
  notice.value = reason;
  session.value = null;
}

/** The user's token; a new one from the provider when this one expires or was rejected. */
export async function currentToken({ isExpiring, isRejected } = {}) {
  const { token, refreshToken } = session.value ?? {};
  if (!(isExpiring || isRejected) || !refreshToken) {
    return token;
  }
  return once(async () => {
    const newest = stored();
    const tokens = newest && newest.token !== token ? newest : await refreshTokens(refreshToken);
    save(tokens);
    Object.assign(session.value, tokens); // the same user: the page goes on
    return tokens.token;
  });
}

/** One renewal at a time, of all tabs: a provider may accept a refresh token once. */
function once(work) {
  return navigator.locks ? navigator.locks.request(KEPT_KEY, work) : work();
}

function stored() {
  return JSON.parse(sessionStorage.getItem(KEY) ?? localStorage.getItem(KEPT_KEY) ?? 'null');
}

function save(tokens) {
  const [storage, key] = staysSignedIn.value || localStorage.getItem(KEPT_KEY) ? [localStorage, KEPT_KEY] : [sessionStorage, KEY];
  storage.setItem(key, JSON.stringify(tokens));
}

function begin(tokens) {
  save(tokens);
  notice.value = '';
  session.value = tokens;
}

addEventListener('storage', ({ key, newValue }) => {
  if (key === KEPT_KEY && newValue === null && session.value) {
    signOut('You have signed out in another tab.');
  }
});

/** A token for any user, from a hub in development mode. */
export async function developmentToken(user) {
  const response = await fetch('/api/v1/tokens', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...user, expiresInSeconds: 12 * 3_600 }),
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.detail);
  }
  return body.token;
}

/** A file that the hub sends to a request with the user's token alone, as an address for this page. */
export async function loadFile(path) {
  const response = await fetch(`/api/v1${path}`, { headers: { authorization: `Bearer ${await currentToken()}` } });
  if (!response.ok) {
    throw new Error((await response.json()).detail);
  }
  return URL.createObjectURL(await response.blob());
}

/** The id of the signed-in user, as its token says. */
export function userId() {
  const [, payload] = session.value.token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)).sub;
}
