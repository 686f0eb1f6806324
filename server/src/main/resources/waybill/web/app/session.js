// The user of this page, and its token.
import { signal } from '@preact/signals';

const KEY = 'waybill.token';

/** The hub's settings, which the page brings with it. */
export const settings = JSON.parse(document.getElementById('settings').textContent);

/** `{token, id, role, name?, store?}`, or null while no user is signed in. */
export const session = signal(read(sessionStorage.getItem(KEY)));

/** Why the user has to sign in again, if so. */
export const notice = signal('');

/** Signs in with a token; throws when it is not one. */
export function signIn(token) {
  const user = read(token.trim().replace(/^bearer\s+/i, ''));
  if (!user) {
    throw new Error('This is not a token: three parts, joined by dots, are expected.');
  }
  sessionStorage.setItem(KEY, user.token);
  notice.value = '';
  session.value = user;
}

export function signOut(reason = '') {
  sessionStorage.removeItem(KEY);
  notice.value = reason;
  session.value = null;
}

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

/** What a token says of its user. The hub verifies it; the page only shows it. */
function read(token) {
  try {
    const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    const claims = JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), (c) => c.charCodeAt(0))));
    return { token, id: String(claims.sub ?? ''), role: [claims.role].flat()[0] ?? '', name: claims.name, store: claims.store };
  } catch {
    return null;
  }
}
