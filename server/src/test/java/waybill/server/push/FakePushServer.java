package waybill.server.push;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import waybill.concurrent.Threads;
import waybill.server.outbound.AddressGuard;
import waybill.server.outbound.GuardedHttp;
import waybill.server.outbound.Resolver;

/// A push service on this machine, that answers as the test says, well or badly.
public final class FakePushServer implements AutoCloseable {

    private static final long TIMEOUT_S = 30;

    public record Request(
            String path,
            Map<String, String> headers,
            @SuppressWarnings("ArrayRecordComponent") byte[] body) {

        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    public sealed interface Reply {

        record Of(int status, String body, Map<String, String> headers) implements Reply {}

        /// Nothing, until the test ends.
        record Hang() implements Reply {}

        /// The headers and a part of the body, and then nothing.
        record Half() implements Reply {}

        /// The connection is closed.
        record Abort() implements Reply {}
    }

    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
    private final List<Request> all = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Function<Request, Reply> behaviour = _ -> reply(201, "");

    public FakePushServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(executor);
        server.createContext("/", this::handle);
        server.start();
    }

    public static Reply reply(int status, String body, String... headers) {
        var map = new TreeMap<String, String>();
        for (var i = 0; i < headers.length; i += 2) {
            map.put(headers[i], headers[i + 1]);
        }
        return new Reply.Of(status, body, map);
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public void answers(Function<Request, Reply> with) {
        behaviour = with;
    }

    /// Requests that fail after 2 seconds.
    static PushRequests requests(boolean isPrivateAllowed, InstantSource clock) {
        return requests(isPrivateAllowed, clock, Resolver.ofMachine());
    }

    static PushRequests requests(boolean isPrivateAllowed, InstantSource clock, Resolver resolver) {
        var guard = new AddressGuard(true, isPrivateAllowed);
        return new PushRequests(new GuardedHttp(
                PushRequests.settings("waybill-test-dns", guard, Duration.ofSeconds(2)),
                resolver,
                Threads.ofPlatform(),
                clock));
    }

    /// The next request that has come, or comes.
    public Request take() {
        try {
            var request = requests.poll(TIMEOUT_S, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no request in " + TIMEOUT_S + " s");
            }
            return request;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public List<Request> all() {
        return List.copyOf(all);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
            var request = new Request(
                    exchange.getRequestURI().toString(),
                    headers,
                    exchange.getRequestBody().readAllBytes());
            var reply = behaviour.apply(request);
            all.add(request);
            requests.add(request);
            switch (reply) {
                case Reply.Of(var status, var body, var replied) -> {
                    replied.forEach(
                            (name, value) -> exchange.getResponseHeaders().set(name, value));
                    var bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                }
                case Reply.Hang() -> end.join();
                case Reply.Half() -> {
                    exchange.sendResponseHeaders(200, 1_000);
                    exchange.getResponseBody().write("{\"name\": \"proj".getBytes(StandardCharsets.UTF_8));
                    exchange.getResponseBody().flush();
                    end.join();
                }
                case Reply.Abort() -> {}
            }
        }
    }

    @Override
    public void close() {
        end.complete(null);
        server.stop(0);
        executor.shutdownNow();
    }
}
