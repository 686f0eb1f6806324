package waybill.server.rest.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import waybill.server.rest.contract.Operation;

/// Measures how long requests take, by what the contract calls them and by what they are answered. Whatever is no
/// operation of the contract is measured together, so that nobody can make the hub remember paths and methods they
/// think up. Thread-safe.
public final class RequestDurations {

    private static final String SERIES = "waybill.series";
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500)
    };

    /// What is asked for; `status` is 0 until it is answered.
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

    /// Begins to measure, before anything is known of the request.
    public void start(RoutingContext ctx) {
        var sample = Timer.start(registry);
        ctx.addEndHandler(_ -> {
            Series asked = ctx.get(SERIES, Series.OTHER);
            sample.stop(timer(asked.withStatus(ctx.response().getStatusCode())));
        });
        ctx.next();
    }

    /// Notes what is asked for.
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
