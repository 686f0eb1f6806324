package waybill.server.webhook;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import waybill.concurrent.Threads;
import waybill.server.outbound.GuardedHttp;
import waybill.server.outbound.Resolver;

/// Posts over HTTP, to the addresses that the operator allows. Of a response, the status alone counts. Thread-safe.
final class HttpWebhookTransport implements WebhookTransport {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final int CONNECTIONS_PER_ENDPOINT_MAX = 8;

    private final GuardedHttp http;

    HttpWebhookTransport(GuardedHttp http) {
        this.http = http;
    }

    static HttpWebhookTransport open(WebhookConfig config, Threads threads, InstantSource clock) {
        return new HttpWebhookTransport(
                new GuardedHttp(settings(config, TIMEOUT), Resolver.ofMachine(), threads, clock));
    }

    static GuardedHttp.Settings settings(WebhookConfig config, Duration timeout) {
        return new GuardedHttp.Settings("waybill-webhook-dns", config.guard(), timeout, CONNECTIONS_PER_ENDPOINT_MAX);
    }

    @Override
    public CompletableFuture<Answer> post(Request request) {
        return http.post(new GuardedHttp.Request(request.url(), request.headers(), Buffer.buffer(request.body())))
                .thenApply(HttpWebhookTransport::answer);
    }

    private static Answer answer(GuardedHttp.Answer answer) {
        return switch (answer) {
            case GuardedHttp.Answer.Response response ->
                new Answer.Response(response.status(), response.retryAfter().orElse((Duration) null));
            case GuardedHttp.Answer.NoResponse(var reason) -> new Answer.NoResponse(reason);
            case GuardedHttp.Answer.Forbidden() ->
                new Answer.NoResponse("the host has an address of a private network");
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
