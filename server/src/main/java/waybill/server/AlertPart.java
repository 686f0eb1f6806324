package waybill.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import waybill.hub.alert.AlertMonitor;
import waybill.hub.alert.AlertSource;
import waybill.hub.alert.AlertSources;
import waybill.hub.alert.AlertThresholds;
import waybill.hub.alert.LostDrivers;
import waybill.hub.position.SignalWatch;
import waybill.order.SystemAlert.Kind;

/// The alerts of a hub and their sources.
final class AlertPart {

    private AlertPart() {}

    /// The monitor of a node.
    ///
    /// @param relayLag the events that the node has not published
    static AlertMonitor create(Parts parts, SignalWatch signals, LongSupplier relayLag) {
        var store = parts.storage().store();
        return new AlertMonitor(
                sources(parts, signals, relayLag, parts.config().integrations().alerts()),
                store.openAlerts().list(),
                parts.cluster().node().name(),
                store.journal(),
                parts.core().ids(),
                parts.core().blockingExecutor(),
                parts.platform().clock(),
                parts.platform()::elapsedMs,
                parts.cluster().leases());
    }

    private static Map<Kind, AlertSource> sources(
            Parts parts, SignalWatch signals, LongSupplier relayLag, AlertThresholds thresholds) {
        var store = parts.storage().store();
        var active = parts.core().activeOrders();
        var node = parts.cluster().node().name();
        var sources = new EnumMap<Kind, AlertSource>(Kind.class);
        if (thresholds.unansweredAfter().isPositive()) {
            sources.put(Kind.ORDER_UNANSWERED, AlertSources.unanswered(active, thresholds.unansweredAfter()));
        }
        if (thresholds.lostDrivers()) {
            sources.put(Kind.DRIVER_LOST, new LostDrivers(active, signals));
        }
        if (thresholds.queueMax() > 0) {
            sources.put(Kind.QUEUE_LONG, AlertSources.queues(store.messageQueues()::listDepths, thresholds.queueMax()));
        }
        if (thresholds.outboundMax() > 0) {
            sources.put(
                    Kind.OUTBOUND_BACKLOG,
                    AlertSources.backlogs(parts.outbound()::countPending, thresholds.outboundMax()));
        }
        if (thresholds.diskFreeMin() > 0) {
            var data = parts.config().data().toFile();
            sources.put(
                    Kind.DISK_NEARLY_FULL,
                    AlertSources.tooFew(
                            node,
                            "bytes are free in the data directory",
                            data::getUsableSpace,
                            thresholds.diskFreeMin()));
        }
        var files = parts.files().watch();
        sources.put(Kind.FILES_UNREACHABLE, AlertSources.problem(node, files::problem));
        if (thresholds.journalQueueMax() > 0) {
            sources.put(
                    Kind.JOURNAL_QUEUE,
                    AlertSources.tooMany(
                            node, "transactions wait to be written", store::queueLength, thresholds.journalQueueMax()));
        }
        if (thresholds.relayLagMax() > 0) {
            sources.put(
                    Kind.RELAY_LAG,
                    AlertSources.tooMany(node, "events wait to be published", relayLag, thresholds.relayLagMax()));
        }
        return sources;
    }
}
