package waybill.server.webhook;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A receiver of webhooks on a socket of its own, which answers as the test wants, right or wrong.
final class FakeReceiver implements AutoCloseable {

    /// Answers a request in bytes; the connection is closed after it.
    interface Reply {
        void write(OutputStream output, Socket socket) throws IOException;
    }

    /// A request that came.
    record Received(Map<String, String> headers, String body) {

        String id() {
            return headers.getOrDefault("webhook-id", "");
        }

        /// By the reference verifier of Standard Webhooks.
        boolean isVerifiedBy(String secret) {
            var all = new HashMap<String, List<String>>();
            headers.forEach((name, value) -> all.put(name, List.of(value)));
            try {
                new Webhook(secret).verify(body, HttpHeaders.of(all, (_, _) -> true));
                return true;
            } catch (WebhookVerificationException | EmptyWebhookSecretException _) {
                return false;
            }
        }
    }

    private static final Duration AWAIT_MAX = Duration.ofSeconds(60);

    private final ServerSocket server;
    private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Thread thread;

    FakeReceiver() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        thread = Thread.ofVirtual().start(this::acceptAll);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/hooks?a=1";
    }

    List<Received> received() {
        return received;
    }

    /// Waits until that many requests have come.
    synchronized void awaitReceived(int count) {
        var endNanos = System.nanoTime() + AWAIT_MAX.toNanos();
        while (received.size() < count) {
            var leftMs = TimeUnit.NANOSECONDS.toMillis(endNanos - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError(received.size() + " requests in " + AWAIT_MAX + " (expected: " + count + ")");
            }
            try {
                wait(leftMs);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private synchronized void add(Received request) {
        received.add(request);
        notifyAll();
    }

    /// The next replies, before 200 for all others.
    FakeReceiver reply(Reply... next) {
        replies.addAll(List.of(next));
        return this;
    }

    static Reply status(int status, String... headers) {
        return text("HTTP/1.1 " + status + " Some\r\n"
                + Stream.of(headers).map(line -> line + "\r\n").collect(Collectors.joining())
                + "Content-Length: 0\r\nConnection: close\r\n\r\n");
    }

    static Reply text(String text) {
        return (output, _) -> output.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void acceptAll() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var request = read(socket.getInputStream());
            var reply = replies.poll();
            add(request);
            (reply == null ? status(200) : reply).write(socket.getOutputStream(), socket);
        } catch (IOException _) {
            // the hub has closed the connection
        }
    }

    private static Received read(InputStream input) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            var next = input.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        var headers = new HashMap<String, String>();
        head.toString(StandardCharsets.UTF_8)
                .lines()
                .skip(1)
                .filter(line -> line.contains(":"))
                .forEach(line -> {
                    var colon = line.indexOf(':');
                    headers.put(
                            line.substring(0, colon).toLowerCase(Locale.ROOT),
                            line.substring(colon + 1).strip());
                });
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Received(headers, new String(input.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            server.close();
            thread.join();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
