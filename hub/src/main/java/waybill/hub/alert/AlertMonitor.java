package waybill.hub.alert;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.HubCommands;
import waybill.hub.alert.AlertSource.Condition;
import waybill.hub.relay.Relay;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.Leases;
import waybill.journal.Journal;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.SystemAlert;

/// Opens an alert for each condition of its sources, once, and clears it when the condition is over. An open alert is
/// in the store, so that a restart does not open it again; its events are in the log, so that administrators receive
/// them on every node, also if they connect later. One node looks after the orders and the drivers, and each after
/// itself.
///
/// Thread-safe: the scheduler's thread starts a check, which runs on the blocking executor, one at a time.
public final class AlertMonitor implements Relay.EventListener {

    static final Duration EVERY = Duration.ofSeconds(5);

    private static final String TASK = "alerts";
    private static final Logger LOG = LoggerFactory.getLogger(AlertMonitor.class);

    private record Key(SystemAlert.Kind kind, String subject) {}

    private final Map<SystemAlert.Kind, AlertSource> sources;
    private final String node;
    private final Journal journal;
    private final Journal sharedJournal; // for what one node looks after
    private final Supplier<UUID> ids;
    private final Executor blockingExecutor;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Leases leases;
    private final Map<Key, SystemAlert> open = new ConcurrentHashMap<>();
    private volatile long dueMs;

    /// @param openNow the alerts that are open at the start
    /// @param node the name of this node, the subject of its own alerts
    public AlertMonitor(
            Map<SystemAlert.Kind, AlertSource> sources,
            List<SystemAlert> openNow,
            String node,
            Journal journal,
            Supplier<UUID> ids,
            Executor blockingExecutor,
            InstantSource clock,
            LongSupplier elapsedMs,
            Leases leases) {
        this.sources = Map.copyOf(sources);
        this.node = node;
        this.journal = journal;
        sharedJournal = leases.fence(TASK, journal);
        this.ids = ids;
        this.blockingExecutor = blockingExecutor;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
        this.leases = leases;
        this.dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
        openNow.forEach(alert -> open.put(key(alert), alert));
    }

    private static Key key(SystemAlert alert) {
        return new Key(alert.kind(), alert.subject());
    }

    @Override
    public void onEvent(LogEntry entry) {
        if (entry.event() instanceof HubEvent.AlertOpened(var alert)) {
            open.put(key(alert), alert);
        } else if (entry.event() instanceof HubEvent.AlertCleared(var alert)) {
            open.remove(key(alert));
        }
    }

    /// Called often; cheap until a check is due.
    public void runDue() {
        if (elapsedMs.getAsLong() < dueMs) {
            return;
        }
        dueMs = Long.MAX_VALUE; // until the check is done
        BlockingReads.supply(blockingExecutor, this::check)
                .thenCompose(changes -> changes)
                .whenComplete((_, thrown) -> {
                    if (thrown != null) {
                        LOG.warn("alerts could not be checked or stored; it is tried again: {}", thrown.getMessage());
                    }
                    dueMs = elapsedMs.getAsLong() + EVERY.toMillis();
                });
    }

    private CompletableFuture<Void> check() {
        var isSharedHere = leases.acquire(TASK);
        var changes = new ArrayList<CompletableFuture<Long>>();
        sources.forEach((kind, source) -> {
            if (isSharedHere || !isOfAll(kind, source)) {
                check(kind, source, isOfAll(kind, source) ? sharedJournal : journal, changes);
            }
        });
        return CompletableFuture.allOf(changes.toArray(CompletableFuture[]::new));
    }

    /// Whether one node looks after it for all.
    private static boolean isOfAll(SystemAlert.Kind kind, AlertSource source) {
        return source.isShared() && !kind.isOfNode();
    }

    private void check(
            SystemAlert.Kind kind, AlertSource source, Journal writing, List<CompletableFuture<Long>> changes) {
        var now = clock.instant();
        var subjects = new HashSet<String>();
        for (var condition : source.conditions(now)) {
            subjects.add(condition.subject());
            if (condition.isRaised() && !open.containsKey(new Key(kind, condition.subject()))) {
                changes.add(open(kind, condition, writing));
            }
        }
        for (var alert : open.values()) {
            var isOwn = !kind.isOfNode() || alert.subject().equals(node);
            if (alert.kind() == kind && isOwn && !subjects.contains(alert.subject()) && !source.holds(alert)) {
                changes.add(writing.submit(
                        work -> HubCommands.clearAlert(work, kind, alert.subject(), Actor.HUB_ALERTS, now)));
            }
        }
    }

    private CompletableFuture<Long> open(SystemAlert.Kind kind, Condition condition, Journal writing) {
        var now = clock.instant();
        var alert = new SystemAlert(
                ids.get(),
                kind,
                kind.severity(),
                condition.subject(),
                condition.message(),
                now,
                condition.orderOrNone(),
                condition.driverOrNone());
        return writing.submit(work -> HubCommands.openAlert(work, alert, now));
    }

    /// Open alerts of a kind.
    public long count(SystemAlert.Kind kind) {
        return open.keySet().stream().filter(key -> key.kind() == kind).count();
    }
}
