package waybill.server.outbound;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.function.UnaryOperator;
import waybill.concurrent.Threads;

/// Posts over HTTP to servers that others have named. A name is resolved once, its addresses are checked, and the
/// connection is opened to the one that was checked: otherwise a DNS server could answer with a public address first,
/// and then with one of the hub's own network. Redirects are not followed, and certificates must be valid for the name.
///
/// An event loop of its own does the work; DNS is asked on threads of its own, since a slow DNS server must not delay
/// the hub's reads. Thread-safe.
public final class GuardedHttp implements AutoCloseable {

    /// Bytes of a response that are read; the rest is cut off.
    public static final int RESPONSE_BYTES_MAX = 64 << 10;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// An idle connection is closed after this, so that the address is looked up anew.
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private static final int RESOLVING_THREADS = 4;

    /// Names that wait to be resolved; one more fails, and is retried.
    private static final int RESOLVING_QUEUE_MAX = 256;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    /// What a client is for.
    ///
    /// @param threadName of the threads that ask DNS
    /// @param timeout from the start of a request to the end of its response, without DNS
    /// @param connectionsPerHostMax further requests wait for one
    public record Settings(String threadName, AddressGuard guard, Duration timeout, int connectionsPerHostMax) {}

    /// A POST.
    public record Request(URI url, Map<String, String> headers, Buffer body) {}

    /// What came of a request.
    public sealed interface Answer {

        /// The response of the server.
        ///
        /// @param isCut whether the body was longer than what is read
        /// @param retryAfter what its header `Retry-After` says
        record Response(int status, String body, boolean isCut, Optional<Duration> retryAfter) implements Answer {}

        /// The request failed.
        ///
        /// @param reason fit to be shown to the operator
        record NoResponse(String reason) implements Answer {}

        /// The name has an address that the hub may not connect to.
        record Forbidden() implements Answer {}
    }

    private final Settings settings;
    private final Resolver resolver;
    private final InstantSource clock;
    private final ExecutorService resolving;
    private final Vertx vertx;
    private final HttpClient http;

    public GuardedHttp(Settings settings, Resolver resolver, Threads threads, InstantSource clock) {
        this(settings, resolver, threads, clock, UnaryOperator.identity());
    }

    /// @param client changes the settings of the client
    GuardedHttp(
            Settings settings,
            Resolver resolver,
            Threads threads,
            InstantSource clock,
            UnaryOperator<HttpClientOptions> client) {
        this.settings = settings;
        this.resolver = resolver;
        this.clock = clock;
        resolving = threads.executor(
                settings.threadName(), RESOLVING_THREADS, RESOLVING_QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false))); // no folder in /tmp
        http = vertx.createHttpClient(
                client.apply(new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setKeepAliveTimeout((int) IDLE_MAX.toSeconds())
                        .setDecompressionSupported(false)
                        .setVerifyHost(true)
                        .setForceSni(true)),
                new PoolOptions().setHttp1MaxSize(settings.connectionsPerHostMax()));
    }

    /// Never blocks, and completes within the timeout.
    public CompletableFuture<Answer> post(Request request) {
        try {
            return CompletableFuture.supplyAsync(() -> resolve(request.url()), resolving)
                    .thenCompose(resolved -> switch (resolved) {
                        case Resolved.To(var address) -> exchange(request, address);
                        case Resolved.Failed(var answer) -> CompletableFuture.completedFuture(answer);
                    });
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(new Answer.NoResponse("too many names wait to be resolved"));
        }
    }

    private sealed interface Resolved {

        record To(InetAddress address) implements Resolved {}

        record Failed(Answer answer) implements Resolved {}
    }

    /// Blocks on DNS. One address that is not allowed refuses the name: it has no reason to be there.
    private Resolved resolve(URI url) {
        try {
            var literal = PublicAddress.parse(url.getHost());
            var all = literal.isPresent() ? new InetAddress[] {literal.get()} : resolver.resolve(url.getHost());
            return Arrays.stream(all).allMatch(settings.guard()::allows)
                    ? new Resolved.To(all[0])
                    : new Resolved.Failed(new Answer.Forbidden());
        } catch (UnknownHostException _) {
            return new Resolved.Failed(new Answer.NoResponse("the host has no address"));
        }
    }

    private CompletableFuture<Answer> exchange(Request request, InetAddress address) {
        var answer = new CompletableFuture<Answer>();
        http.request(options(request, address)).onComplete(opened -> {
            if (opened.failed()) {
                answer.complete(noResponse(opened.cause()));
                return;
            }
            var exchange = opened.result();
            var timeoutMs = settings.timeout().toMillis();
            var timer = vertx.setTimer(timeoutMs, _ -> {
                answer.complete(new Answer.NoResponse("no response in " + timeoutMs + " ms"));
                exchange.reset();
            });
            answer.whenComplete((_, _) -> vertx.cancelTimer(timer));
            exchange.send(request.body())
                    .compose(response -> read(response, answer))
                    .onFailure(cause -> answer.complete(noResponse(cause)));
        });
        return answer;
    }

    private static RequestOptions options(Request request, InetAddress address) {
        var url = request.url();
        var isTls = url.getScheme().equalsIgnoreCase("https");
        var port = url.getPort() >= 0 ? url.getPort() : isTls ? HTTPS_PORT : HTTP_PORT;
        var options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setServer(SocketAddress.inetSocketAddress(port, address.getHostAddress()))
                .setHost(url.getHost())
                .setPort(port)
                .setSsl(isTls)
                .setURI(path(url))
                .setFollowRedirects(false)
                .setConnectTimeout(CONNECT_TIMEOUT.toMillis());
        request.headers().forEach(options::putHeader);
        return options;
    }

    private static String path(URI url) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /// A status counts once its response has ended, so that a response that breaks off is a failure; a body that is too
    /// long is not read to its end.
    private Future<Void> read(HttpClientResponse response, CompletableFuture<Answer> answer) {
        var body = Buffer.buffer(); // on the event loop alone
        response.handler(buffer -> {
            if (body.length() + buffer.length() <= RESPONSE_BYTES_MAX) {
                body.appendBuffer(buffer);
            } else if (answer.complete(answer(response, body, true))) {
                response.request().reset();
            }
        });
        return response.end().onSuccess(_ -> answer.complete(answer(response, body, false)));
    }

    private Answer answer(HttpClientResponse response, Buffer body, boolean isCut) {
        return new Answer.Response(
                response.statusCode(),
                body.toString(StandardCharsets.UTF_8),
                isCut,
                RetryAfter.parse(response.getHeader("retry-after"), clock.instant()));
    }

    /// Without the message, which may have the address.
    private static Answer noResponse(Throwable cause) {
        return new Answer.NoResponse("no response: " + cause.getClass().getSimpleName());
    }

    @Override
    public void close() {
        resolving.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
