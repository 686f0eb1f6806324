package waybill.server.rest;

import com.fasterxml.uuid.Generators;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import waybill.hub.OrderCommandHandler;
import waybill.hub.ParcelQueues;
import waybill.hub.position.EtaEstimator;
import waybill.hub.position.InMemoryDriverPositions;
import waybill.messaging.InMemoryQueueSubscriptions;
import waybill.messaging.QueueSubscriptions;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Revocations;
import waybill.server.identity.TokenVerifier;
import waybill.server.metrics.MetricsRegistry;
import waybill.server.rest.http.ConnectionStats;
import waybill.server.rest.http.PositionIngestion;
import waybill.server.rest.http.RestServices;
import waybill.server.rest.http.RestSettings;
import waybill.storage.Store;
import waybill.storage.sql.StoreLimits;
import waybill.tracking.DriverTrackState;
import waybill.tracking.FixOutcome;
import waybill.tracking.PositionVisibility;

/// The routes and what they are made of, without the rest of the hub, so that a test can let parts of it fail.
public final class RestFixture implements AutoCloseable {

    final AtomicBoolean isBusy = new AtomicBoolean();
    final AtomicBoolean isWritable = new AtomicBoolean(true);
    final QueueSubscriptions subscriptions = new InMemoryQueueSubscriptions(10);
    public final Store store;
    private final MetricsRegistry meters = new MetricsRegistry();
    final Endpoints routes;
    final Vertx vertx = Vertx.vertx();
    private final ExecutorService readers = Executors.newSingleThreadExecutor();
    private final TokenVerifier tokenVerifier;

    RestFixture(Path data, IdentityConfig config) {
        this(data, config, InstantSource.system());
    }

    public RestFixture(Path data, IdentityConfig config, InstantSource clock) {
        store = Store.open(data, StoreLimits.defaults(), () -> {});
        tokenVerifier = TokenVerifier.start(config, data, Revocations.inMemory(), clock, new SecureRandom());
        routes = new Endpoints(
                new RestServices(
                        new OrderCommandHandler(
                                store.journal(),
                                _ -> true,
                                new OrderCommandHandler.OrderPolicy("WB", Optional.empty(), ParcelQueues::route)),
                        store.journal(),
                        store.orderQueries(),
                        store.eventLog(),
                        store.directory(),
                        store.messageQueues(),
                        store.confirmations(),
                        subscriptions,
                        this::read,
                        tokenVerifier,
                        _ -> new ClientAddress("", true),
                        _ -> {},
                        (_, _, _, _) -> CompletableFuture.completedStage(
                                new PositionIngestion.Result.Accepted(FixOutcome.LIVE, 0, List.of(), List.of())),
                        new InMemoryDriverPositions(10, DriverTrackState.SPEED_MAX),
                        new EtaEstimator(store.directory()::findBusiness, this::read, clock),
                        store.trackLog(),
                        DriverTrackState.SPEED_MAX,
                        _ -> PositionVisibility.Precision.EXACT,
                        new ThreeUsers(),
                        Generators.timeBasedEpochRandomGenerator()::generate,
                        clock,
                        isWritable::get,
                        Set::of,
                        meters,
                        RestSettings.defaults()),
                (origin, _) -> origin.equals("https://shop.example"),
                host -> host == null || !host.startsWith("evil"));
    }

    /// Serves the routes, and gives the port.
    int serve() {
        return vertx.createHttpServer()
                .requestHandler(routes.router(vertx))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    private void read(Runnable read) {
        if (isBusy.get()) {
            throw new RejectedExecutionException();
        }
        readers.execute(read);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        readers.close();
        tokenVerifier.close();
        store.close();
        meters.close();
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
    }
}
