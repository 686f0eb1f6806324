package waybill.server.rest.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.server.rest.contract.Operation;

/// Measures the duration of requests, by the operation of the contract and the status of the response. Requests
/// outside the contract are measured together, so that clients cannot create series with invented paths and
/// methods. Thread-safe.
public final class RequestDurations {

    private static final String SERIES = "waybill.series";
    private static final String SKIPPED = "waybill.series.skipped";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    /// The operation; `status` is 0 until the response.
    private record Series(String method, String pathTemplate, int status) {

        static final Series OTHER = new Series("other", "other", 0);

        Series withStatus(int with) {
            return new Series(method, pathTemplate, with);
        }
    }

    private final MeterRegistry registry;
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    public RequestDurations(MeterRegistry registry) {
        this.registry = registry;
    }

    /// Starts the measurement, before the request is parsed.
    public void start(RoutingContext ctx) {
        var sample = Timer.start(registry);
        ctx.addEndHandler(_ -> {
            if (ctx.get(SKIPPED) != null) {
                return;
            }
            Series measured = ctx.get(SERIES, Series.OTHER);
            sample.stop(timer(measured.withStatus(ctx.response().getStatusCode())));
        });
        ctx.next();
    }

    /// Leaves a request out: a stream is open for as long as its client likes.
    static void skip(RoutingContext ctx) {
        ctx.put(SKIPPED, true);
    }

    /// Records the operation of the request.
    public Handler<RoutingContext> tagging(Operation operation) {
        var series = new Series(operation.method().name(), operation.pathTemplate(), 0);
        return ctx -> {
            ctx.put(SERIES, series);
            ctx.next();
        };
    }

    private Timer timer(Series series) {
        return timers.computeIfAbsent(
                series,
                one -> Timer.builder("waybill.http.request.duration")
                        .description("How long requests took, by route and status")
                        .tags("method", one.method, "route", one.pathTemplate, "status", Integer.toString(one.status))
                        .serviceLevelObjectives(BUCKETS)
                        .register(registry));
    }
}
