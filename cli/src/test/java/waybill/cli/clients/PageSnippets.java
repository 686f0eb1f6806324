package waybill.cli.clients;

import java.io.IOException;
import java.util.List;
import waybill.cli.MarkdownPage;

/// The short examples of the pages as one program for Node.js: each is a function, between what a reader's app has
/// around it and what shows that it works.
final class PageSnippets {

    /// The order in which the page has them is their number.
    private record Snippet(String page, int number, String before, String after) {

        String function(String name) throws IOException {
            var code = MarkdownPage.of(page).blocks().stream()
                    .filter(block -> block.info().equals("js"))
                    .toList()
                    .get(number)
                    .code()
                    .replaceAll("(?m)^import .*$", "")
                    .replace("export ", "")
                    .replace("\"http://localhost:9001", "HUB + \"");
            return "async function %s() {\nconst console = printed();\n%s\n%s\n%s\n}\nawait %s();\nconsole.log('%s');\n"
                    .formatted(name, before, code, after, name, page);
        }
    }

    private static final List<Snippet> SNIPPETS = List.of(
            new Snippet(
                    "docs/caps.md",
                    0,
                    "",
                    "socket.auth = { token: merchant }; await connected(socket); socket.close();"),
            new Snippet(
                    "docs/realtime.md",
                    0,
                    "const token = customer; const orderId = await place();",
                    "await console.has(/^pending$/); socket.close();"),
            new Snippet(
                    "docs/marketplace.md",
                    0,
                    "const token = merchant;",
                    "await connected(socket); const id = await place(); await console.has(new RegExp(`${id} accepted`)); socket.close();"),
            new Snippet(
                    "docs/storefront.md",
                    0,
                    "const token = customer; const userId = 'jane';",
                    "await connected(socket); await place(); await console.has(/^pending Your order/); socket.close();"),
            new Snippet("docs/storefront.md", 1, """
                    const token = customer, orderId = await place(), show = console.log;
                    const renewToken = () => console.log('renewed');""", """
                    await connected(socket);
                    await request('PATCH', `/orders/${orderId}/status`, merchant, { status: 'accepted' });
                    await console.has(/^Your order has been accepted$/);
                    socket.disconnect();
                    socket.auth = { token: 'expired' };
                    socket.connect();
                    await console.has(/^renewed$/);
                    socket.close();"""),
            new Snippet("docs/identity.md", 0, "const token = driver;", """
                    await Promise.all([socket, other, third].map(connected));
                    for (const each of [socket, other, third]) each.close();"""),
            new Snippet("docs/identity.md", 1, """
                    const socket = io(`${HUB}/realtime`, { auth: { token: expiring } });
                    const newToken = async () => customer;
                    const ask = socket.emitWithAck.bind(socket);
                    socket.emitWithAck = async (...all) => {
                      const answer = await ask(...all);
                      console.log(answer.ok, answer.expiresAt);
                      return answer;
                    };""", "await console.has(/^true 20/); socket.close();"),
            new Snippet("docs/webhooks.md", 0, "", """
                    const secret = 'whsec_' + Buffer.from('the secret of a test').toString('base64');
                    const now = new Date(), body = '{"type":"order.new"}';
                    const headers = {
                      'webhook-id': 'msg_1',
                      'webhook-timestamp': String(Math.floor(now / 1000)),
                      'webhook-signature': new Webhook(secret).sign('msg_1', now, body),
                    };
                    assert.deepEqual(verify(secret, headers, body), { type: 'order.new' });
                    assert.throws(() => verify(secret, headers, body + ' '), /webhook-signature: wrong/);
                    assert.throws(() => verify(secret, headers, body, now / 1000 + 301), /webhook-timestamp/);"""));

    private static final String PROLOGUE = """
            import assert from 'node:assert/strict';
            import { createHmac, timingSafeEqual } from 'node:crypto';
            import { io as open } from 'socket.io-client';
            import { Webhook } from 'standardwebhooks';

            const { HUB, customer, merchant, driver, expiring } = process.env;

            const io = (url, options) => open(url, { forceNew: true, ...options }); // as in an app that has one socket

            function printed() {
              const lines = [], waiting = new Set();
              return {
                log(...words) { lines.push(words.join(' ')); for (const look of waiting) look(); },
                has: (pattern) => new Promise((resolve) => {
                  const look = () => lines.some((line) => pattern.test(line)) && resolve(waiting.delete(look));
                  waiting.add(look);
                  look();
                }),
              };
            }

            function connected(socket) {
              return socket.connected || new Promise((resolve, reject) => socket.once('connect', resolve).once('connect_error', reject));
            }

            async function request(method, path, token, body) {
              const headers = { 'authorization': `Bearer ${token}`, 'content-type': 'application/json' };
              const response = await fetch(`${HUB}/api/v1${path}`, { method, headers, body: JSON.stringify(body) });
              assert.ok(response.ok, `${method} ${path}: ${response.status}`);
              return response.json();
            }

            async function place() {
              const items = [{ product: 'pizza', quantity: 1, price: 950 }];
              return (await request('POST', '/orders', customer, { storeId: 'acme', items, deliveryAddress: '1 Main St' })).orderId;
            }

            """;

    private PageSnippets() {}

    /// It prints the name of a page when an example of it has worked.
    static String program() throws IOException {
        var functions = new StringBuilder(PROLOGUE);
        for (int i = 0; i < SNIPPETS.size(); i++) {
            functions.append(SNIPPETS.get(i).function("example" + i));
        }
        return functions.append("process.exit(0);\n").toString();
    }

    /// What it prints.
    static List<String> lines() {
        return SNIPPETS.stream().map(Snippet::page).toList();
    }
}
