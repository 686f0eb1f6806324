// Sign-in at an OpenID Connect provider: the authorization code flow with PKCE (RFC 7636), in this tab.
import { settings } from './settings.js';

const KEY = 'waybill.sign-in';

/** Leaves the page for the provider's, which leads back with a code. */
export async function beginSignIn() {
  const { authorization_endpoint: endpoint } = await discover();
  const verifier = randomText();
  const state = randomText();
  sessionStorage.setItem(KEY, JSON.stringify({ verifier, state, search: location.search }));
  const query = new URLSearchParams({
    response_type: 'code', client_id: settings.clientId, redirect_uri: redirectUri(), scope: 'openid profile',
    state, code_challenge: await challenge(verifier), code_challenge_method: 'S256',
    ...(settings.audience ? { audience: settings.audience } : {}),
  });
  location.assign(`${endpoint}?${query}`);
}

/** The tokens for the code in the address, undefined when there is none. Throws when the provider refused. */
export async function completeSignIn() {
  const query = new URLSearchParams(location.search);
  const begun = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  if (!begun || !(query.has('code') || query.has('error')) || query.get('state') !== begun.state) {
    return undefined;
  }
  sessionStorage.removeItem(KEY);
  history.replaceState(null, '', location.pathname + begun.search);
  if (query.has('error')) {
    throw new Error(`The provider refused: ${query.get('error_description') ?? query.get('error')}`);
  }
  return requestTokens({
    grant_type: 'authorization_code', code: query.get('code'), redirect_uri: redirectUri(), code_verifier: begun.verifier,
  });
}

export function refreshTokens(refreshToken) {
  return requestTokens({ grant_type: 'refresh_token', refresh_token: refreshToken });
}

/** The hub verifies a JWT: the access token where it is one, the identity token of a provider whose access token is not. */
async function requestTokens(parameters) {
  const { token_endpoint: endpoint } = await discover();
  const response = await fetch(endpoint, {
    method: 'POST',
    body: new URLSearchParams({ client_id: settings.clientId, ...parameters }),
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(`The provider refused: ${body.error_description ?? body.error}`);
  }
  const isJwt = body.access_token?.split('.').length === 3;
  return { token: isJwt ? body.access_token : body.id_token, refreshToken: body.refresh_token ?? parameters.refresh_token };
}

async function discover() {
  const response = await fetch(`${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!response.ok) {
    throw new Error(`The provider did not describe itself: ${response.status}`);
  }
  return response.json();
}

function redirectUri() {
  return location.origin + location.pathname;
}

function randomText() {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

async function challenge(verifier) {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
