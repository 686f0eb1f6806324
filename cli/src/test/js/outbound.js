// A receiver of webhooks with npm's standardwebhooks, and a browser with npm's http_ece. Takes its settings as JSON in the
// first argument; prints what it has verified and decrypted, as JSON.
import assert from 'node:assert/strict';
import { createECDH, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';
import ece from 'http_ece';

const { url, tokens } = JSON.parse(process.argv[2]);

async function send(path, token, body) {
  const response = await fetch(url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${path}: ${response.status} ${text}`);
  return text && JSON.parse(text);
}

const server = createServer().listen(0, '127.0.0.1');
await once(server, 'listening');
const address = `http://127.0.0.1:${server.address().port}`;

async function received() {
  const [request, response] = await once(server, 'request');
  const body = Buffer.concat(await request.toArray());
  response.writeHead(201).end();
  return { headers: request.headers, body };
}

const verifies = (secret, { headers, body }) => {
  try {
    return new Webhook(secret).verify(body.toString(), headers).type;
  } catch (error) {
    return error.message;
  }
};

async function webhook() {
  const endpoint = await send('/api/v1/webhooks', tokens.admin, { url: `${address}/hooks`, events: ['order.new'] });
  const test = `/api/v1/webhooks/${endpoint.webhookId}/test`;
  const [first] = await Promise.all([received(), send(test, tokens.admin)]);
  const { secret } = await send(`/api/v1/webhooks/${endpoint.webhookId}/rotate-secret`, tokens.admin);
  const [rotated] = await Promise.all([received(), send(test, tokens.admin)]);
  const changed = { headers: rotated.headers, body: Buffer.from(`${rotated.body} `) };
  return {
    before: verifies(endpoint.secret, first),
    byAnother: verifies(secret, first),
    rotatedByOld: verifies(endpoint.secret, rotated),
    rotatedByNew: verifies(secret, rotated),
    changed: verifies(secret, changed),
  };
}

async function push() {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys('base64url');
  const auth = randomBytes(16).toString('base64url');
  await send('/api/v1/devices', tokens.customer, {
    platform: 'web', subscription: { endpoint: `${address}/push`, keys: { p256dh, auth } },
  });
  const [message] = await Promise.all([received(), send('/api/v1/notifications', tokens.admin, {
    userId: 'jane', role: 'customer', title: 'Hello', message: 'Grüße, Jane ✓', type: 'info',
  })]);
  assert.equal(message.headers['content-encoding'], 'aes128gcm');
  const text = ece.decrypt(message.body, { version: 'aes128gcm', privateKey: keys, authSecret: auth }).toString();
  const { title, body } = JSON.parse(text);
  return { title, body };
}

console.log(JSON.stringify({ webhook: await webhook(), push: await push() }));
server.close();
server.closeAllConnections();
