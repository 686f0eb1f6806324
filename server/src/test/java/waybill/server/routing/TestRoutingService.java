package waybill.server.routing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// A routing service on this machine, that answers as the test says.
final class TestRoutingService implements AutoCloseable {

    record Received(String method, String uri, String key, String fields, String body) {}

    final List<Received> received = new CopyOnWriteArrayList<>();
    final AtomicInteger mostAtOnce = new AtomicInteger();
    private final AtomicInteger atOnce = new AtomicInteger();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile int status = 200;
    private volatile String body = "";
    private volatile CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);

    TestRoutingService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    void answers(int code, String text) {
        status = code;
        body = text;
    }

    void answersRoute(int seconds) {
        answers(200, "{\"code\": \"Ok\", \"routes\": [{\"duration\": %d, \"distance\": 3100.5}]}".formatted(seconds));
    }

    /// Answers nothing until the result is completed.
    CompletableFuture<Void> hold() {
        gate = new CompletableFuture<>();
        return gate;
    }

    private void handle(HttpExchange exchange) throws IOException {
        mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    String.valueOf(headers.getFirst("X-Goog-Api-Key")),
                    String.valueOf(headers.getFirst("X-Goog-FieldMask")),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            gate.join();
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } finally {
            atOnce.decrementAndGet();
        }
    }

    @Override
    public void close() {
        gate.complete(null);
        server.stop(0);
        executor.shutdownNow();
    }
}
