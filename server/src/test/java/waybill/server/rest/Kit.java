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
import waybill.mailbox.Subscriptions;
import waybill.order.Orders;
import waybill.order.Sight;
import waybill.server.dialect.CapsDialect;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.Identity;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Revocations;
import waybill.server.metrics.Meters;
import waybill.storage.Limits;
import waybill.storage.Store;
import waybill.tracking.FixOutcome;
import waybill.tracking.LastKnown;
import waybill.tracking.Track;

/// The routes and what they are made of, without the rest of the hub, so that a test can let parts of it fail.
final class Kit implements AutoCloseable {

    final AtomicBoolean busy = new AtomicBoolean();
    final AtomicBoolean writable = new AtomicBoolean(true);
    final Subscriptions subscriptions = new Subscriptions(10);
    final Store store;
    private final Meters meters = new Meters();
    final Routes routes;
    final Vertx vertx = Vertx.vertx();
    private final ExecutorService readers = Executors.newSingleThreadExecutor();
    private final Identity identity;

    Kit(Path data, IdentityConfig config) {
        this(data, config, InstantSource.system());
    }

    Kit(Path data, IdentityConfig config, InstantSource clock) {
        store = Store.open(data, Limits.defaults(), () -> {});
        identity = Identity.start(config, data, Revocations.inMemory(), clock, new SecureRandom());
        routes = new Routes(
                new RestServices(
                        new Orders(
                                store.journal(),
                                _ -> true,
                                new Orders.Rules("WB", Optional.empty(), CapsDialect::parcel)),
                        store.journal(),
                        store.book(),
                        store.log(),
                        store.directory(),
                        store.mailboxes(),
                        store.receipts(),
                        subscriptions,
                        this::read,
                        identity,
                        _ -> new ClientAddress("", true),
                        _ -> {},
                        (_, _, _, _) -> CompletableFuture.completedStage(
                                new Positions.Result.Taken(FixOutcome.LIVE, 0, List.of(), List.of())),
                        new LastKnown(10, Track.SPEED_MAX),
                        store.tracks(),
                        Track.SPEED_MAX,
                        _ -> Sight.Precision.EXACT,
                        new ThreeUsers(),
                        Generators.timeBasedEpochRandomGenerator()::generate,
                        clock,
                        writable::get,
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
        if (busy.get()) {
            throw new RejectedExecutionException();
        }
        readers.execute(read);
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
        readers.close();
        identity.close();
        store.close();
        meters.close();
    }

    private record ThreeUsers() implements Connected {

        @Override
        public int connections() {
            return 5;
        }

        @Override
        public int users() {
            return 3;
        }

        @Override
        public List<String> someUsers(int max) {
            return List.of("a", "b", "c");
        }

        @Override
        public Map<String, Long> eventsSent() {
            return Map.of("order:new", 7L);
        }
    }
}
