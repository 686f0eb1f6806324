package waybill.server;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import waybill.hub.OrderReceipts;
import waybill.hub.analytics.OrdersByHour;
import waybill.hub.dispatch.DispatchPreview;
import waybill.hub.payment.PaymentConfirmations;
import waybill.hub.position.PositionIngestion;
import waybill.hub.position.Precision;
import waybill.hub.position.TrackerKeys;
import waybill.server.proof.SigningKey;
import waybill.server.push.VapidKey;
import waybill.server.rest.Endpoints;
import waybill.server.rest.admin.Alerts;
import waybill.server.rest.admin.Analytics;
import waybill.server.rest.admin.Businesses;
import waybill.server.rest.admin.Devices;
import waybill.server.rest.admin.EtaCalibration;
import waybill.server.rest.admin.HealthAndMetrics;
import waybill.server.rest.admin.HealthSources;
import waybill.server.rest.admin.Jobs;
import waybill.server.rest.admin.LogReads;
import waybill.server.rest.admin.Notifications;
import waybill.server.rest.admin.PresenceReads;
import waybill.server.rest.admin.ProductImages;
import waybill.server.rest.admin.Products;
import waybill.server.rest.admin.QueueReads;
import waybill.server.rest.admin.Tokens;
import waybill.server.rest.emit.Emits;
import waybill.server.rest.http.ConnectionStats;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.RequestAuthenticator;
import waybill.server.rest.http.RequestDurations;
import waybill.server.rest.http.RequestPipeline;
import waybill.server.rest.http.UploadBody;
import waybill.server.rest.order.DriverOffers;
import waybill.server.rest.order.OrderReads;
import waybill.server.rest.order.OrderWrites;
import waybill.server.rest.order.Proofs;
import waybill.server.rest.order.Receipts;
import waybill.server.rest.payment.Payments;
import waybill.server.rest.track.DispatchReads;
import waybill.server.rest.track.DriverStatuses;
import waybill.server.rest.track.Drivers;
import waybill.server.rest.track.OrderTracking;
import waybill.server.rest.track.RouteReads;
import waybill.server.rest.tracker.TrackerReports;
import waybill.server.rest.tracker.Trackers;
import waybill.server.rest.webhook.WebhookDeliveries;
import waybill.server.rest.webhook.Webhooks;

/// The endpoints of REST, and the use cases behind them.
public final class RestPart {

    private RestPart() {}

    /// Binds each operation to the use case behind it.
    ///
    /// @param health what health checks look at
    public static Endpoints endpoints(
            Parts parts,
            PositionIngestion positions,
            LinkPart links,
            ConnectionStats connections,
            HealthSources health) {
        var security = parts.security();
        var handlers = new ArrayList<>(useCases(parts, positions, links));
        handlers.add(health(parts, connections, health));
        handlers.add(new Analytics(new OrdersByHour(parts.storage().store().eventLog()), connections));
        return new Endpoints(
                pipeline(parts),
                handlers,
                new RequestDurations(parts.metrics().registry()),
                security.origins(),
                security.hosts(),
                !security.isSecured());
    }

    private static List<OperationHandlers> useCases(Parts parts, PositionIngestion positions, LinkPart links) {
        var security = parts.security();
        var core = parts.core();
        var store = parts.storage().store();
        var trackerKeys = new TrackerKeys(
                store.directory()::findTracker,
                core.blockingExecutor(),
                parts.platform().clock());
        return List.of(
                orderWrites(parts),
                proofs(parts),
                new ProductImages(
                        store.directory(),
                        parts.files().store(),
                        parts.config().files().imageBytesMax()),
                new OrderReads(store.orderQueries(), store.eventLog()),
                receipts(parts),
                new DriverOffers(core.activeOrders()),
                orderTracking(parts),
                routeReads(parts),
                dispatchReads(parts),
                new Drivers(
                        store.directory(),
                        core.driverPositions(),
                        positions,
                        core.positionCounters(),
                        parts.config().socketLimits().signal()),
                new Trackers(
                        store.directory(),
                        trackerKeys,
                        core.ids(),
                        parts.platform().random()),
                new TrackerReports(
                        trackerKeys,
                        security.tokenVerifier().revocations(),
                        parts.cluster().limiters(),
                        positions,
                        store.journal(),
                        core.positionCounters(),
                        parts.platform().clock()),
                links.orderLinks(),
                links.publicLinks(),
                driverStatuses(parts),
                new Businesses(store.directory(), parts.config().restSettings()),
                new Products(store.directory(), parts.config().restSettings()),
                new Notifications(core.ids()),
                devices(parts),
                new Payments(
                        new PaymentConfirmations(core.orders(), core.ids()),
                        parts.config().integrations().payments(),
                        parts.cluster().limiters()),
                new PresenceReads(parts.cluster().connections()),
                new Alerts(core.storeAlert().with(store.openAlerts())),
                new Jobs(store.outboundJobs()),
                new Emits(
                        parts.config().integrations().emitsPerSecond(),
                        parts.cluster().limiters()),
                new LogReads(store.eventLog()),
                new QueueReads(
                        store.messageQueues(),
                        store.confirmations(),
                        core.queues().subscriptions()),
                new EtaCalibration(core.eta().model().calibration()),
                new Webhooks(
                        store.webhooks(),
                        parts.config().webhooks(),
                        core.ids(),
                        parts.platform().random()),
                new WebhookDeliveries(store.webhooks(), store.outboundJobs()),
                new Tokens(security.tokenVerifier()));
    }

    private static RequestPipeline pipeline(Parts parts) {
        var security = parts.security();
        return new RequestPipeline(
                new RequestAuthenticator(
                        security.tokenVerifier(),
                        request -> SocketIoAttachment.clientAddress(security.proxies(), request),
                        parts.core().personRecorder()),
                parts.storage().store().journal(),
                parts.core().blockingExecutor(),
                parts.config().restSettings(),
                parts.cluster().limiters(),
                parts.platform().clock(),
                uploads(parts));
    }

    private static OperationHandlers health(Parts parts, ConnectionStats connections, HealthSources health) {
        return new HealthAndMetrics(
                connections,
                parts.cluster().connections(),
                health,
                parts.storage().store().trackLog(),
                parts.metrics(),
                parts.platform().clock());
    }

    private static OperationHandlers dispatchReads(Parts parts) {
        var core = parts.core();
        var store = parts.storage().store();
        return new DispatchReads(
                new DispatchPreview(
                        core.activeOrders(), core.driversOnDuty(), core.eta().readyTimes()),
                store.orderQueries(),
                store.decisions(),
                DispatchPreview::replay);
    }

    static DriverStatuses driverStatuses(Parts parts) {
        var store = parts.storage().store();
        return new DriverStatuses(
                store.orderQueries(),
                store.journal(),
                parts.core().blockingExecutor(),
                parts.platform().clock());
    }

    private static OperationHandlers orderWrites(Parts parts) {
        return new OrderWrites(
                parts.core().orders(),
                parts.config().restSettings(),
                parts.core().ids());
    }

    private static OperationHandlers receipts(Parts parts) {
        var store = parts.storage().store();
        return new Receipts(
                store.orderQueries(),
                new OrderReceipts(
                        store.eventLog(), store.clientCheckpoints(), store.confirmations(), store.outboundJobs()));
    }

    private static OperationHandlers devices(Parts parts) {
        return new Devices(
                parts.config().restSettings(),
                parts.notifications().webPushKey().map(VapidKey::publicKey),
                parts.notifications()::endpointProblem);
    }

    private static UploadBody uploads(Parts parts) {
        return new UploadBody(
                parts.files().store(),
                parts.storage().store().blobReferences(),
                parts.files().executor(),
                parts.core().ids(),
                parts.config().restSettings().bodyTimeout(),
                SocketIoAttachment::consumed);
    }

    private static OperationHandlers proofs(Parts parts) {
        var store = parts.storage().store();
        return new Proofs(
                parts.core().orders(),
                new Proofs.Sources(
                        store.orderQueries(), store.eventLog(), parts.files().store(), signingKey(parts)),
                parts.cluster().limiters(),
                parts.platform().clock(),
                parts.config().files().imageBytesMax());
    }

    /// Read, or generated, when it is first needed.
    private static Supplier<SigningKey> signingKey(Parts parts) {
        return () -> SigningKey.open(parts.config().data(), parts.platform().random());
    }

    private static OperationHandlers orderTracking(Parts parts) {
        var store = parts.storage().store();
        return new OrderTracking(
                store.orderQueries(),
                store.eventLog(),
                store.directory(),
                parts.core().driverPositions(),
                parts.core().etas(),
                precision(parts)::of,
                parts.config().socketLimits().signal());
    }

    private static OperationHandlers routeReads(Parts parts) {
        var store = parts.storage().store();
        return new RouteReads(
                store.orderQueries(),
                store.eventLog(),
                store.trackLog(),
                precision(parts)::of,
                parts.config().socketLimits().speedMax());
    }

    private static Precision precision(Parts parts) {
        return new Precision(
                parts.core().activeOrders(), parts.config().socketLimits().isHiddenUntilNext());
    }
}
