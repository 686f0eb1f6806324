package waybill.server.webhook;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import waybill.concurrent.Threads;

/// Posts over HTTP. A name is resolved once, its address is checked, and the connection is opened to that address:
/// otherwise a DNS server could answer with a public address first, and then with one of the hub's own network.
///
/// An event loop of its own does the work; DNS is asked on threads of its own, since a slow DNS server must not delay
/// the hub's reads. Thread-safe.
final class HttpWebhookTransport implements WebhookTransport {

    /// From the start of a request to the end of its response, without DNS.
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    /// Bytes of a response that are read. Its body is ignored, so a longer one is as good.
    static final int RESPONSE_BYTES_MAX = 64 << 10;

    private static final int CONNECTIONS_PER_ENDPOINT_MAX = 8;

    /// An idle connection is closed after this, so that the address is looked up anew.
    private static final Duration IDLE_MAX = Duration.ofSeconds(30);

    private static final int RESOLVING_THREADS = 4;

    /// Names that wait to be resolved; one more fails, and is retried.
    private static final int RESOLVING_QUEUE_MAX = 256;

    private static final int HTTPS_PORT = 443;
    private static final int HTTP_PORT = 80;

    private final WebhookAddress addresses;
    private final ExecutorService resolving;
    private final Duration timeout;
    private final Vertx vertx;
    private final HttpClient http;

    HttpWebhookTransport(WebhookConfig config, Threads threads, Duration timeout) {
        addresses = new WebhookAddress(config);
        this.timeout = timeout;
        resolving = threads.executor(
                "waybill-dns", RESOLVING_THREADS, RESOLVING_QUEUE_MAX, new ThreadPoolExecutor.AbortPolicy());
        vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        http = vertx.createHttpClient(
                new HttpClientOptions()
                        .setConnectTimeout((int) CONNECT_TIMEOUT.toMillis())
                        .setKeepAliveTimeout((int) IDLE_MAX.toSeconds())
                        .setDecompressionSupported(false)
                        .setVerifyHost(true)
                        .setForceSni(true),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_ENDPOINT_MAX));
    }

    @Override
    public CompletableFuture<Answer> post(Request request) {
        try {
            return CompletableFuture.supplyAsync(() -> resolve(request.url()), resolving)
                    .thenCompose(resolved -> switch (resolved) {
                        case Resolved.To(var address) -> exchange(request, address);
                        case Resolved.Failed(var reason) ->
                            CompletableFuture.completedFuture(new Answer.NoResponse(reason));
                    });
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(new Answer.NoResponse("too many names wait to be resolved"));
        }
    }

    private sealed interface Resolved {

        record To(InetAddress address) implements Resolved {}

        record Failed(String reason) implements Resolved {}
    }

    /// Blocks on DNS. One address that is not allowed refuses the name: it has no reason to be there.
    private Resolved resolve(URI url) {
        try {
            var literal = PublicAddress.parse(url.getHost());
            var all = literal.isPresent() ? new InetAddress[] {literal.get()} : InetAddress.getAllByName(url.getHost());
            return Arrays.stream(all).allMatch(addresses::allows)
                    ? new Resolved.To(all[0])
                    : new Resolved.Failed("the host has an address of a private network");
        } catch (UnknownHostException _) {
            return new Resolved.Failed("the host has no address");
        }
    }

    private CompletableFuture<Answer> exchange(Request request, InetAddress address) {
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
        var answer = new CompletableFuture<Answer>();
        http.request(options).onComplete(opened -> {
            if (opened.failed()) {
                answer.complete(noResponse(opened.cause()));
                return;
            }
            var exchange = opened.result();
            var timer = vertx.setTimer(timeout.toMillis(), _ -> {
                answer.complete(new Answer.NoResponse("no response in " + timeout.toMillis() + " ms"));
                exchange.reset();
            });
            answer.whenComplete((_, _) -> vertx.cancelTimer(timer));
            exchange.send(Buffer.buffer(request.body()))
                    .compose(response -> read(response, answer))
                    .onFailure(cause -> answer.complete(noResponse(cause)));
        });
        return answer;
    }

    private static String path(URI url) {
        var path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /// A status counts once its response has ended, so that a response that breaks off is a failure; a body that is too
    /// long is not read to its end.
    private static Future<Void> read(HttpClientResponse response, CompletableFuture<Answer> answer) {
        var read = new long[1]; // on the event loop alone
        response.handler(buffer -> {
            read[0] += buffer.length();
            if (read[0] > RESPONSE_BYTES_MAX && answer.complete(answer(response))) {
                response.request().reset();
            }
        });
        return response.end().onSuccess(_ -> answer.complete(answer(response)));
    }

    private static Answer answer(HttpClientResponse response) {
        return new Answer.Response(response.statusCode(), RetryAfter.parse(response.getHeader("retry-after")));
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
