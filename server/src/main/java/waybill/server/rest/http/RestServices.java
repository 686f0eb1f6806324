package waybill.server.rest.http;

import io.vertx.core.http.HttpServerRequest;
import java.time.InstantSource;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import waybill.access.Principal;
import waybill.directory.Directory;
import waybill.hub.OrderCommandHandler;
import waybill.hub.position.EtaEstimator;
import waybill.journal.EventLog;
import waybill.journal.Journal;
import waybill.messaging.Confirmations;
import waybill.messaging.MessageQueues;
import waybill.messaging.QueueSubscriptions;
import waybill.order.Order;
import waybill.order.OrderQueries;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.TokenVerifier;
import waybill.server.metrics.MetricsRegistry;
import waybill.tracking.DriverPositions;
import waybill.tracking.PositionVisibility;
import waybill.tracking.TrackLog;

/// What the routes are made of.
///
/// @param blockingExecutor runs what reads the disk; it declines when too much waits
/// @param clientAddress where the client of a request comes from
/// @param principalListener receives the principal of each verified token
/// @param speedMax in metres per second; a driver who seems to be faster was not where its phone said
/// @param precision how exactly customer and store see where the driver of an order is
/// @param ids gives UUIDv7
/// @param isWritable whether what is ordered now could be kept
/// @param failedThreads names of threads that came upon an error of the hub itself
/// @param metrics where requests are measured, and where all that is measured is read
public record RestServices(
        OrderCommandHandler orders,
        Journal journal,
        OrderQueries orderQueries,
        EventLog log,
        Directory directory,
        MessageQueues messageQueues,
        Confirmations confirmations,
        QueueSubscriptions subscriptions,
        Executor blockingExecutor,
        TokenVerifier tokenVerifier,
        Function<HttpServerRequest, ClientAddress> clientAddress,
        Consumer<Principal> principalListener,
        PositionIngestion positionIngestion,
        DriverPositions driverPositions,
        EtaEstimator etas,
        TrackLog tracks,
        double speedMax,
        Function<Order, PositionVisibility.Precision> precision,
        ConnectionStats connectionStats,
        Supplier<UUID> ids,
        InstantSource clock,
        BooleanSupplier isWritable,
        Supplier<Set<String>> failedThreads,
        MetricsRegistry metrics,
        RestSettings settings) {}
