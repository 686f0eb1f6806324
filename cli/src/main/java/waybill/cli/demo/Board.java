package waybill.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.Parcel;
import waybill.cli.caps.Printable;

/// The newest parcels and their counts.
///
/// Guarded by its monitor: the apps update it on their threads, the screen reads it on another.
public final class Board {

    /// Parcels on the board. Beyond that, the oldest delivered one is removed first.
    static final int ROWS_MAX = 200;

    /// The stages of a parcel, in order.
    public enum Stage {
        PLACED,
        PICKING_UP,
        IN_TRANSIT,
        DELIVERED
    }

    /// One parcel, and when it reached its stage.
    public record Row(String store, String id, String customer, Stage stage, long sinceMs) {}

    /// The state at one moment, the newest parcel first.
    ///
    /// @param placed orders that are on the hub's disk
    /// @param delivered orders that a driver has delivered
    /// @param thanked customers whose store was notified of the delivery
    /// @param problem the current problem, or empty
    public record Snapshot(long placed, long delivered, long thanked, List<Row> rows, String problem) {
        /// Placed here and not delivered yet.
        public long undelivered() {
            return Math.max(0, placed - delivered);
        }

        public long inTransit() {
            return rows.stream().filter(row -> row.stage == Stage.IN_TRANSIT).count();
        }
    }

    private final SequencedMap<String, Row> rows = new LinkedHashMap<>();
    private long placed;
    private long delivered;
    private long thanked;
    private String problem = "";

    public synchronized void apply(ClientEvent event, long nowMs) {
        switch (event) {
            case ClientEvent.Placed(var parcel) -> {
                placed++;
                advance(parcel, Stage.PLACED, nowMs);
            }
            case ClientEvent.PickingUp(var parcel) -> advance(parcel, Stage.PICKING_UP, nowMs);
            case ClientEvent.PickedUp(var parcel) -> advance(parcel, Stage.IN_TRANSIT, nowMs);
            case ClientEvent.TransitNotified(var parcel) -> advance(parcel, Stage.IN_TRANSIT, nowMs);
            case ClientEvent.Delivered(var _) -> delivered++;
            case ClientEvent.DeliveryNotified(var parcel) -> {
                thanked++;
                advance(parcel, Stage.DELIVERED, nowMs);
            }
            case ClientEvent.Connected(var _) -> problem = "";
            case ClientEvent.Disconnected(var reason) -> problem = "not connected to the hub: " + reason;
            case ClientEvent.AccessDenied(var _, var reason) -> problem = "rejected by the hub: " + reason;
            case ClientEvent.OutboxFull(var count) -> problem = count + " orders wait for the hub";
            case ClientEvent.PlacementFailed(var parcel, var code, var message) ->
                problem = "order " + parcel.id() + ": " + code + ": " + message;
            case ClientEvent.RequestFailed(var what, var code, var message) ->
                problem = what + ": " + code + ": " + message;
            case ClientEvent.ClaimLost(var _), ClientEvent.Scanned(var _) -> {}
        }
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                placed, delivered, thanked, new ArrayList<>(rows.values()).reversed(), Printable.of(problem));
    }

    private static Row row(Parcel parcel, Stage stage, long nowMs) {
        return new Row(
                Printable.of(parcel.store()), Printable.of(parcel.id()), Printable.of(parcel.customer()), stage, nowMs);
    }

    private void advance(Parcel parcel, Stage stage, long nowMs) {
        var row = rows.get(parcel.key());
        if (row == null || row.stage.compareTo(stage) < 0) { // a late event does not move a parcel back
            rows.put(parcel.key(), row(parcel, stage, nowMs));
        }
        if (rows.size() > ROWS_MAX) {
            rows.remove(rows.entrySet().stream()
                    .filter(each -> each.getValue().stage == Stage.DELIVERED)
                    .findFirst()
                    .orElse(rows.firstEntry())
                    .getKey());
        }
    }
}
