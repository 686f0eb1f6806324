// An OpenID Connect provider for tests: it signs in one user without asking, and gives tokens for codes.
import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { createServer } from 'node:http';

const base64Url = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

export class Provider {
  #keys = generateKeyPairSync('rsa', { modulusLength: 2048 });
  #codes = new Map();
  #server;
  #user;

  /** How many tokens were given for a refresh token. */
  refreshed = 0;

  /** Starts one that is stopped when test `t` ends. */
  static async start(t, user) {
    const provider = new Provider(user);
    provider.#server = createServer((request, response) => provider.#answer(request, response));
    await new Promise((resolve) => provider.#server.listen(0, '127.0.0.1', resolve));
    t.after(() => provider.#server.close());
    return provider;
  }

  /** @param user the claims of the user that it signs in */
  constructor(user) {
    this.#user = user;
  }

  get issuer() {
    return `http://127.0.0.1:${this.#server.address().port}`;
  }

  token(expiresInSeconds = 3_600) {
    const now = Math.floor(Date.now() / 1_000);
    const claims = { iss: this.issuer, aud: 'waybill', iat: now, exp: now + expiresInSeconds, ...this.#user };
    const signed = `${base64Url({ alg: 'RS256', kid: 'k1' })}.${base64Url(claims)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), this.#keys.privateKey).toString('base64url')}`;
  }

  async #answer(request, response) {
    const url = new URL(request.url, this.issuer);
    response.setHeader('access-control-allow-origin', '*');
    const json = (status, body) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json(200, { authorization_endpoint: `${this.issuer}/authorize`, token_endpoint: `${this.issuer}/token` });
      case '/jwks':
        return json(200, { keys: [{ ...this.#keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }] });
      case '/authorize': {
        const code = randomUUID();
        this.#codes.set(code, Object.fromEntries(url.searchParams));
        const back = new URL(url.searchParams.get('redirect_uri'));
        back.searchParams.set('code', code);
        back.searchParams.set('state', url.searchParams.get('state'));
        return response.writeHead(302, { location: back.href }).end();
      }
      case '/token': {
        let body = '';
        for await (const chunk of request) body += chunk;
        return this.#giveTokens(new URLSearchParams(body), json);
      }
      default:
        return json(404, {});
    }
  }

  #giveTokens(form, json) {
    if (form.get('grant_type') === 'refresh_token' && form.get('refresh_token') === 'r1') {
      this.refreshed++;
      return json(200, { access_token: this.token(), refresh_token: 'r1' });
    }
    const asked = this.#codes.get(form.get('code'));
    this.#codes.delete(form.get('code'));
    const challenge = createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url');
    if (asked?.code_challenge !== challenge || asked.client_id !== form.get('client_id')) {
      return json(400, { error: 'invalid_grant' });
    }
    return json(200, { access_token: this.token(61), refresh_token: 'r1' }); // refreshed as soon as the page has connected
  }
}
