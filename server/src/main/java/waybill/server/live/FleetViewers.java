package waybill.server.live;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import waybill.access.AccessTable;
import waybill.access.Action;
import waybill.access.Principal;
import waybill.access.Relation;
import waybill.hub.position.FleetFrame;
import waybill.hub.position.FleetTable;
import waybill.hub.position.FleetView;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.refusal.Refusal;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.socket.EventResponder;
import waybill.socketio.RawJson;
import waybill.tracking.DriverPositions;
import waybill.tracking.SignalPolicy;

/// The sockets that watch the drivers of a part of the map. Each is sent one binary frame with all of them once a
/// second,
/// or less often from afar; a slow one receives the newest frame alone. Frames name drivers by the numbers of a table,
/// of
/// which a viewer is sent what it does not have yet, before the frame.
///
/// Thread-safe: [#runDue] runs on the scheduler's thread, and subscriptions on the loops of their sockets.
public final class FleetViewers {

    /// Viewers of a node. Beyond that, a subscription is refused.
    public static final int VIEWERS_MAX = 200;

    /// Drivers that have not reported for longer are not shown.
    static final Duration AGE_MAX = Duration.ofHours(1);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(10);

    private final int viewersMax;
    private final DriverPositions positions;
    private final ActiveOrders activeOrders;
    private final Predicate<String> isOnDuty;
    private final SignalPolicy signals;
    private final InstantSource clock;
    private final LongSupplier elapsedMs;
    private final Map<ClientSession, Viewer> viewers = new ConcurrentHashMap<>();
    private FleetTable table = FleetTable.first(2 * DriverPositions.DRIVERS_MAX); // of the scheduler's thread

    /// What a viewer looks at, and what it was sent. The scheduler's thread alone uses all but the view.
    private static final class Viewer {
        private volatile FleetView view;
        private volatile long dueMs;
        private int table;
        private BitSet known = new BitSet();

        Viewer(FleetView view, long dueMs) {
            this.view = view;
            this.dueMs = dueMs;
        }
    }

    /// @param viewersMax viewers of this node; beyond that, a subscription is refused
    /// @param isOnDuty whether a driver is on duty
    /// @param elapsedMs a clock that is never set
    public FleetViewers(
            int viewersMax,
            DriverPositions positions,
            ActiveOrders activeOrders,
            Predicate<String> isOnDuty,
            SignalPolicy signals,
            InstantSource clock,
            LongSupplier elapsedMs) {
        this.viewersMax = viewersMax;
        this.positions = positions;
        this.activeOrders = activeOrders;
        this.isOnDuty = isOnDuty;
        this.signals = signals;
        this.clock = clock;
        this.elapsedMs = elapsedMs;
    }

    /// Subscribes, or changes what a subscriber looks at.
    void watch(ClientSession client, Principal principal, FleetView view, EventResponder reply) {
        if (!mayWatch(principal)) {
            reply.failed(Refusal.forbidden("fleet: not yours to watch"));
            return;
        }
        var viewer = viewers.get(client);
        if (viewer == null && viewers.size() >= viewersMax) {
            reply.failed(
                    Refusal.unavailable("fleet: " + viewersMax + " viewers watch it (expected: fewer)", RETRY_AFTER));
            return;
        }
        if (viewer == null) {
            viewers.put(client, new Viewer(view, elapsedMs.getAsLong()));
        } else {
            viewer.view = view;
            viewer.dueMs = Math.min(viewer.dueMs, elapsedMs.getAsLong() + view.intervalMs());
        }
        reply.ok("intervalMs", view.intervalMs());
    }

    void unwatch(ClientSession client, EventResponder reply) {
        viewers.remove(client);
        reply.ok();
    }

    private static boolean mayWatch(Principal principal) {
        return AccessTable.allows(principal.role(), Action.VIEW_DRIVERS, Relation.NONE);
    }

    /// Sends the frames that are due.
    public void runDue() {
        var now = elapsedMs.getAsLong();
        viewers.keySet()
                .removeIf(client -> !client.socket.connected()
                        || client.principal().filter(FleetViewers::mayWatch).isEmpty());
        var due = new ArrayList<Map.Entry<ClientSession, Viewer>>();
        for (var entry : viewers.entrySet()) {
            if (entry.getValue().dueMs <= now) {
                due.add(entry);
            }
        }
        if (due.isEmpty()) {
            return;
        }
        table = table.next();
        var fleet = fleet();
        for (var entry : due) {
            entry.getValue().dueMs = now + entry.getValue().view.intervalMs();
            send(entry.getKey(), entry.getValue(), fleet);
        }
    }

    private List<FleetFrame.Driver> fleet() {
        var nowMs = clock.millis();
        var fleet = new ArrayList<FleetFrame.Driver>();
        positions.forEachSince(nowMs - AGE_MAX.toMillis(), fix -> {
            var driver = fix.driver();
            var ageMs = Math.max(0, nowMs - fix.recordedAtMs());
            fleet.add(new FleetFrame.Driver(
                    table.indexOf(driver),
                    fix,
                    signals.of(ageMs),
                    !activeOrders.ofDriver(driver).isEmpty(),
                    isOnDuty.test(driver),
                    ageMs));
        });
        return fleet;
    }

    private void send(ClientSession client, Viewer viewer, List<FleetFrame.Driver> fleet) {
        var frame = FleetFrame.of(viewer.view, fleet);
        if (viewer.table != table.number()) {
            viewer.table = table.number();
            viewer.known = new BitSet();
        }
        var added = new ArrayList<Integer>();
        for (var index : frame.indexes()) {
            if (!viewer.known.get(index)) {
                viewer.known.set(index);
                added.add(index);
            }
        }
        if (!added.isEmpty()) {
            client.channel.countSent("fleet:drivers");
            client.socket.emit("fleet:drivers", new RawJson(drivers(added)));
        }
        var payload = new LinkedHashMap<String, Object>();
        payload.put("table", table.number());
        payload.put("sentAt", clock.instant());
        payload.put("total", frame.total());
        payload.put("positions", frame.bytes());
        client.channel.countSent("fleet:positions");
        client.socket.latest("fleet").emit("fleet:positions", payload);
    }

    /// The rows of the table that the viewer does not have yet.
    private String drivers(List<Integer> added) {
        return new JsonObjectWriter()
                .put("table", table.number())
                .putJson(
                        "drivers",
                        added.stream()
                                .map(index -> "[" + index + "," + JsonObjectWriter.quote(table.driver(index)) + "]")
                                .collect(Collectors.joining(",", "[", "]")))
                .json();
    }
}
