// The user of this page, and its tokens, which the tab keeps.
import { signal } from '@preact/signals';
import { completeSignIn, refreshTokens } from './provider.js';
import { settings } from './settings.js';

const KEY = 'waybill.tokens';

/** `{token, refreshToken?}`, or null while no user is signed in. */
export const session = signal(JSON.parse(sessionStorage.getItem(KEY) ?? 'null'));

/** Why the user has to sign in, if there is a reason. */
export const notice = signal('');

/** Completes a sign-in that leads back from the provider. */
export async function resumeSession() {
  if (!settings.issuer) {
    return;
  }
  try {
    const tokens = await completeSignIn();
    if (tokens) {
      keep(tokens);
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
  keep({ token: bare });
}

export function signOut(reason = '') {
  sessionStorage.removeItem(KEY);
  notice.value = reason;
  session.value = null;
}

/** The user's token; a new one from the provider when this one expires or was rejected. */
export async function currentToken({ isExpiring, isRejected } = {}) {
  const { token, refreshToken } = session.value ?? {};
  if ((isExpiring || isRejected) && refreshToken) {
    const tokens = await refreshTokens(refreshToken);
    sessionStorage.setItem(KEY, JSON.stringify(tokens));
    Object.assign(session.value, tokens); // the same user: the page goes on
    return tokens.token;
  }
  return token;
}

function keep(tokens) {
  sessionStorage.setItem(KEY, JSON.stringify(tokens));
  notice.value = '';
  session.value = tokens;
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

/** The id of the signed-in user, as its token says. */
export function userId() {
  const [, payload] = session.value.token.split('.');
  const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  return JSON.parse(new TextDecoder().decode(bytes)).sub;
}
