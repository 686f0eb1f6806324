package waybill.server.rest;

import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.RejectedExecutionHandler;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import waybill.access.Principal;
import waybill.concurrent.LoopThread;
import waybill.concurrent.Threads;
import waybill.hub.analytics.HubActivity;
import waybill.hub.position.PositionIngestion;
import waybill.hub.position.PositionReport;
import waybill.hub.position.RejectedPosition;
import waybill.hub.position.ReportOutcome;
import waybill.messaging.QueueSubscriptions;
import waybill.server.ClusterPart;
import waybill.server.Config;
import waybill.server.LinkPart;
import waybill.server.Parts;
import waybill.server.Platform;
import waybill.server.RestPart;
import waybill.server.StartedParts;
import waybill.server.StoragePart;
import waybill.server.identity.IdentityConfig;
import waybill.server.rest.admin.HealthSources;
import waybill.server.rest.http.ConnectionStats;
import waybill.storage.Store;
import waybill.tracking.FixOutcome;

/// The routes and the parts behind them as `serve` wires them, without sockets, so that a test can let some fail.
public final class RestFixture implements AutoCloseable {

    final AtomicBoolean isBusy = new AtomicBoolean();
    final AtomicBoolean isWritable = new AtomicBoolean(true);
    final QueueSubscriptions subscriptions;
    public final Store store;
    final Endpoints routes;
    final Vertx vertx = Vertx.vertx();
    private final StartedParts started = new StartedParts();

    RestFixture(Path data, IdentityConfig identity) {
        this(data, identity, InstantSource.system());
    }

    public RestFixture(Path data, IdentityConfig identity, InstantSource clock) {
        var config = Config.defaults(data).withIdentity(identity).withOrigins(Set.of("https://shop.example"));
        var machine = Platform.system();
        var platform =
                new Platform(clock, machine.nanoTime(), machine.random(), new BusyThreads(machine.threads(), isBusy));
        var storage = started.add(StoragePart.open(config, machine));
        var parts = Parts.start(config, platform, storage, ClusterPart.ofOneNode(config, platform), started);
        store = storage.store();
        subscriptions = parts.cluster().subscriptions();
        routes = RestPart.endpoints(
                parts,
                new LivePositions(clock),
                LinkPart.create(parts),
                new ThreeUsers(),
                new HealthSources(isWritable::get, () -> false, Set::of, () -> true, Optional::empty));
    }

    /// Serves the routes, and gives the port.
    int serve() {
        return vertx.createHttpServer()
                .requestHandler(routes.router(vertx, _ -> {}))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        started.close();
    }

    /// Finds every position live.
    private record LivePositions(InstantSource clock) implements PositionIngestion {

        @Override
        public CompletionStage<ReportOutcome> report(
                Principal driver, List<PositionReport> reports, boolean isList, List<RejectedPosition> unread) {
            return CompletableFuture.completedStage(
                    new ReportOutcome.Received(null, clock.instant(), FixOutcome.LIVE, 0, null));
        }

        @Override
        public void recordImplausible(Principal driver, List<PositionReport> reports) {}

        @Override
        public long nextIntervalMs(Principal driver) {
            return 0;
        }
    }

    /// Threads whose executors reject every task while the hub is busy.
    private record BusyThreads(Threads threads, AtomicBoolean isBusy) implements Threads {

        @Override
        public LoopThread loop(String name, Duration waitMax, LoopThread.Round round) {
            return threads.loop(name, waitMax, round);
        }

        @Override
        public ExecutorService executor(String name, int count, int queueMax, RejectedExecutionHandler rejection) {
            var executor = threads.executor(name, count, queueMax, rejection);
            return new AbstractExecutorService() {
                @Override
                public void execute(Runnable task) {
                    if (isBusy.get()) {
                        throw new RejectedExecutionException();
                    }
                    executor.execute(task);
                }

                @Override
                public void shutdown() {
                    executor.shutdown();
                }

                @Override
                public List<Runnable> shutdownNow() {
                    return executor.shutdownNow();
                }

                @Override
                public boolean isShutdown() {
                    return executor.isShutdown();
                }

                @Override
                public boolean isTerminated() {
                    return executor.isTerminated();
                }

                @Override
                public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
                    return executor.awaitTermination(timeout, unit);
                }
            };
        }

        @Override
        public ScheduledExecutorService scheduler(String name) {
            return threads.scheduler(name);
        }
    }

    private record ThreeUsers() implements ConnectionStats {

        @Override
        public int connections() {
            return 5;
        }

        @Override
        public int users() {
            return 3;
        }

        @Override
        public String node() {
            return "one";
        }

        @Override
        public List<String> userIds(int max) {
            return List.of("a", "b", "c");
        }

        @Override
        public Map<String, Long> eventsSent() {
            return Map.of("order:new", 7L);
        }

        @Override
        public List<HubActivity.Sample> samples() {
            return List.of();
        }
    }
}
