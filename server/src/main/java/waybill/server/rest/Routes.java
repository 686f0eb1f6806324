package waybill.server.rest;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Subscriptions;
import waybill.order.EventLog;

/// Every route, on one page.
///
/// @param readers runs what reads the disk; it declines when too much waits
/// @param writable whether what is ordered now could be kept
/// @param connections how many clients are connected
/// @param origins which web pages may ask
/// @param hosts by which names the hub may be called
public record Routes(
        EventLog log,
        Mailboxes mailboxes,
        Subscriptions subscriptions,
        Executor readers,
        BooleanSupplier writable,
        IntSupplier connections,
        Predicate<String> origins,
        Predicate<@Nullable String> hosts) {

    public Router router(Vertx vertx) {
        var answers = new Answers(readers);
        var health = new HealthRoutes(writable, connections);
        var queues = new QueueRoutes(mailboxes, subscriptions);
        var router = Router.router(vertx);
        router.route()
                .handler(this::requireHost)
                .handler(new Cors(origins))
                .failureHandler(ctx -> Answers.failed(ctx, causeOf(ctx.failure())));
        router.get("/health").handler(health::health);
        router.get("/health/live").handler(health::live);
        router.get("/health/ready").handler(health::ready);
        router.get("/api/v1/log").handler(answers.reading(new LogRoutes(log)::search));
        router.get("/api/v1/queues").handler(answers.reading(queues::all));
        router.get("/api/v1/queues/:store/:event").handler(answers.reading(queues::one));
        router.errorHandler(404, ctx -> Problem.notFound(ctx.normalizedPath()).answer(ctx));
        router.errorHandler(
                405, ctx -> Problem.wrongMethod(ctx.request().method().name()).answer(ctx));
        return router;
    }

    private void requireHost(RoutingContext ctx) {
        if (!hosts.test(ctx.request().getHeader("host"))) {
            throw Problem.forbiddenHost();
        }
        ctx.next();
    }

    private static Throwable causeOf(@Nullable Throwable failure) {
        return failure == null ? new IllegalStateException("a request failed and nobody said why") : failure;
    }
}
