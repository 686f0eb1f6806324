package waybill.server.rest;

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
import waybill.mailbox.Mailboxes;
import waybill.mailbox.Receipts;
import waybill.mailbox.Subscriptions;
import waybill.order.EventLog;
import waybill.order.Journal;
import waybill.order.Order;
import waybill.order.OrderBook;
import waybill.order.Orders;
import waybill.order.Sight;
import waybill.server.identity.ClientAddress;
import waybill.server.identity.Identity;
import waybill.server.metrics.Meters;
import waybill.tracking.LastKnown;
import waybill.tracking.TrackLog;

/// What the routes are made of.
///
/// @param readers runs what reads the disk; it declines when too much waits
/// @param clients where the client of a request comes from
/// @param seen is told of everybody who has shown who they are
/// @param speedMax in metres per second; a driver who seems to be faster was not where its phone said
/// @param precision how exactly customer and store see where the driver of an order is
/// @param ids gives UUIDv7
/// @param writable whether what is ordered now could be kept
/// @param failedThreads names of threads that came upon an error of the hub itself
/// @param meters where requests are measured, and where all that is measured is read
public record RestServices(
        Orders orders,
        Journal journal,
        OrderBook book,
        EventLog log,
        Directory directory,
        Mailboxes mailboxes,
        Receipts receipts,
        Subscriptions subscriptions,
        Executor readers,
        Identity identity,
        Function<HttpServerRequest, ClientAddress> clients,
        Consumer<Principal> seen,
        Positions positions,
        LastKnown lastKnown,
        TrackLog tracks,
        double speedMax,
        Function<Order, Sight.Precision> precision,
        Connected connected,
        Supplier<UUID> ids,
        InstantSource clock,
        BooleanSupplier writable,
        Supplier<Set<String>> failedThreads,
        Meters meters,
        RestSettings settings) {}
