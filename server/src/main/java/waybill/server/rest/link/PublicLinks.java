package waybill.server.rest.link;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import waybill.hub.link.LinkFinder;
import waybill.hub.link.LinkView;
import waybill.hub.presence.SocketCounts;
import waybill.limit.RateLimit;
import waybill.limit.RateLimiter;
import waybill.limit.RateLimiters;
import waybill.link.LinkToken;
import waybill.link.TrackingLink;
import waybill.server.identity.ClientAddress;
import waybill.server.metrics.NamedCounters;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.http.RequestPipeline;

/// Public links as their viewers open them, without a token of the hub. An unknown, an expired and a revoked token, and
/// a text that is no token, have one and the same answer.
public final class PublicLinks implements OperationHandlers {

    /// Unknown tokens from one address, in a minute and at once.
    static final int WRONG_PER_MINUTE = 60;

    /// Tokens from one address that are looked up on the disk, in a minute and at once: a mobile network has many
    /// phones behind one.
    static final int LOOK_UPS_PER_MINUTE = 600;

    /// Addresses that are counted. With one more, the least recently seen is evicted.
    private static final int ADDRESSES_MAX = 10_000;

    /// How long a client waits before it connects again, and by how much that varies: the clients of a hub that
    /// restarts do not all come back at once.
    private static final int RETRY_MS = 2_000;

    private static final int RETRY_SPREAD_MS = 3_000;

    private static final String HTML = "text/html";
    private static final String JSON_SUFFIX = ".json";

    private final LinkFinder finder;
    private final LinkViews views;
    private final LinkPage page;
    private final SendBufferLimit sendBuffer;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final NamedCounters lookupCounts = new NamedCounters();
    private final LinkStreamLimits limits;
    private final RateLimiter<String> wrong;
    private final RateLimiter<String> lookUps;

    public PublicLinks(
            LinkFinder finder,
            LinkViews views,
            LinkPage page,
            SendBufferLimit sendBuffer,
            SocketCounts counts,
            RateLimiters limiters,
            InstantSource clock,
            RandomGenerator random) {
        this.finder = finder;
        this.views = views;
        this.page = page;
        this.sendBuffer = sendBuffer;
        limits = new LinkStreamLimits(counts);
        wrong = limiters.of("invalid links", RateLimit.perMinute(WRONG_PER_MINUTE), ADDRESSES_MAX);
        lookUps = limiters.of("links", RateLimit.perMinute(LOOK_UPS_PER_MINUTE), ADDRESSES_MAX);
        this.clock = clock;
        this.random = random;
    }

    /// Limits what the operating system holds for the connection of a request.
    @FunctionalInterface
    public interface SendBufferLimit {
        void set(HttpServerRequest request, int bytes);
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("openLink", this::open, "peekLink", this::open, "streamLink", this::stream);
    }

    /// How many streams are open.
    public int streamCount() {
        return limits.inAll();
    }

    /// Links that were opened, by what came of it.
    public NamedCounters lookupCounts() {
        return lookupCounts;
    }

    static ApiResponse notFound() {
        return PublicHeaders.with(ApiResponse.of(Problem.notFound(
                "link: not valid (expected: a link that was shared, has not expired and is not revoked)")));
    }

    public RequestAction open(ApiRequest call) {
        var text = call.text("token");
        var isJson = text.endsWith(JSON_SUFFIX) || !HTML.equals(call.acceptedTypeOrNone());
        var token = isJson ? text.replaceFirst("\\.json$", "") : text;
        return new RequestAction.Async(find(token, call.raw().client())
                .thenCompose(found -> found.map(link -> views.read(link.order()))
                        .orElseGet(() -> CompletableFuture.completedStage(Optional.empty())))
                .thenApply(view -> answer(view, isJson, call.receivedAt()))
                .exceptionally(thrown -> PublicHeaders.with(ApiResponse.of(toProblem(thrown)))));
    }

    private ApiResponse answer(Optional<LinkView> found, boolean isJson, Instant now) {
        var shown = found.filter(
                view -> view.endedAtOrNone() == null || !TrackingLink.hasOutlived(view.endedAtOrNone(), now));
        if (shown.isEmpty()) {
            return isJson ? notFound() : LinkPage.notFound();
        }
        return isJson
                ? PublicHeaders.with(ApiResponse.ok(LinkJson.view(shown.get())).with("vary", "Accept"))
                : page.of(shown.get(), now);
    }

    public RequestAction stream(ApiRequest call) {
        var client = call.raw().client();
        var lastEventId = call.find("Last-Event-ID").orElse(null);
        return new RequestAction.Stream(find(call.text("token"), client)
                .thenApply(found -> opening(found.orElse(null), client, lastEventId))
                .exceptionally(thrown -> {
                    var answer = PublicHeaders.with(ApiResponse.of(toProblem(thrown)));
                    return answer::send;
                }));
    }

    private Consumer<RoutingContext> opening(
            @Nullable TrackingLink linkOrNone, ClientAddress client, @Nullable String lastEventId) {
        if (linkOrNone == null) {
            return notFound()::send;
        }
        return ctx -> {
            if (ctx.response().ended() || ctx.response().closed()) {
                return; // the client has disconnected
            }
            try {
                limits.acquire(linkOrNone.id(), client);
            } catch (Problem tooMany) {
                PublicHeaders.with(ApiResponse.of(tooMany)).send(ctx);
                return;
            }
            var first = LinkEvents.retry(RETRY_MS + random.nextInt(RETRY_SPREAD_MS));
            var stream = new LinkStream(ctx, linkOrNone, lastEventId, first);
            ctx.addEndHandler(_ -> {
                limits.release(linkOrNone.id(), client);
                views.remove(stream);
            });
            sendBuffer.set(ctx.request(), LinkStream.WAITING_MAX);
            views.add(stream);
        };
    }

    /// The valid link of a text; fails with the [Problem] of an address that has asked for too many. A text that is no
    /// token takes the same look-up as one that is.
    private CompletionStage<Optional<TrackingLink>> find(String text, ClientAddress client) {
        var token = LinkToken.parse(text).orElse(LinkToken.NONE);
        var known = finder.inMemoryOrNone(token);
        if (known != null) {
            lookupCounts.add("found");
            return CompletableFuture.completedStage(Optional.of(known));
        }
        try {
            requireRate(lookUps, "links", LOOK_UPS_PER_MINUTE, client);
        } catch (Problem tooMany) {
            return CompletableFuture.failedStage(tooMany);
        }
        return finder.find(token).thenApply(found -> {
            if (found.isEmpty()) {
                requireRate(wrong, "invalid links", WRONG_PER_MINUTE, client);
            }
            lookupCounts.add(found.isPresent() ? "found" : "invalid");
            return found;
        });
    }

    private void requireRate(RateLimiter<String> limiter, String what, int perMinute, ClientAddress client) {
        var retryAfterMs = client.isLocal() ? 0 : limiter.acquire(client.network(), clock.millis());
        if (retryAfterMs > 0) {
            lookupCounts.add("limited");
            throw Problem.rateLimited(
                    what + ": too many from " + client.network() + " (expected: at most " + perMinute + " a minute)",
                    Duration.ofMillis(retryAfterMs));
        }
    }

    private static Problem toProblem(Throwable thrown) {
        return RequestPipeline.toProblem(thrown);
    }
}
