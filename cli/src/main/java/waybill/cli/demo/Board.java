package waybill.cli.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import waybill.cli.caps.News;
import waybill.cli.caps.Parcel;
import waybill.cli.caps.Printable;

/// What there is to see of the parcels: the newest of them, and how many there were of each kind.
///
/// A monitor: the apps tell it on their own threads, the screen looks at it on another.
public final class Board {

    /// Parcels on the board. Of more, the oldest that is delivered leaves it first.
    static final int ROWS_MAX = 200;

    /// A parcel's way, in order.
    public enum Stage {
        PLACED,
        PICKING_UP,
        IN_TRANSIT,
        DELIVERED
    }

    /// One parcel, and when it reached its stage.
    public record Row(String store, String id, String customer, Stage stage, long sinceMs) {}

    /// Everything at one moment, the newest parcel first.
    ///
    /// @param placed orders that the hub has on its disk
    /// @param delivered those that a driver has handed over
    /// @param thanked customers whose store has heard of the delivery
    /// @param trouble what is wrong at the moment, or nothing
    public record Sight(long placed, long delivered, long thanked, List<Row> rows, String trouble) {
        /// Placed here and not delivered yet.
        public long onTheirWay() {
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
    private String trouble = "";

    public synchronized void tell(News news, long nowMs) {
        switch (news) {
            case News.Placed(var parcel) -> {
                placed++;
                reach(parcel, Stage.PLACED, nowMs);
            }
            case News.PickingUp(var parcel) -> reach(parcel, Stage.PICKING_UP, nowMs);
            case News.PickedUp(var parcel) -> reach(parcel, Stage.IN_TRANSIT, nowMs);
            case News.OnItsWay(var parcel) -> reach(parcel, Stage.IN_TRANSIT, nowMs);
            case News.Delivered(var _) -> delivered++;
            case News.Arrived(var parcel) -> {
                thanked++;
                reach(parcel, Stage.DELIVERED, nowMs);
            }
            case News.Connected(var _) -> trouble = "";
            case News.Disconnected(var reason) -> trouble = "no line to the hub: " + reason;
            case News.TurnedAway(var _, var reason) -> trouble = "not let in by the hub: " + reason;
            case News.Held(var count) -> trouble = count + " orders wait for the hub";
            case News.NotPlaced(var parcel, var code, var message) ->
                trouble = "order " + parcel.id() + ": " + code + ": " + message;
            case News.Refused(var what, var code, var message) -> trouble = what + ": " + code + ": " + message;
            case News.Lost(var _), News.Scanned(var _) -> {}
        }
    }

    public synchronized Sight look() {
        return new Sight(placed, delivered, thanked, new ArrayList<>(rows.values()).reversed(), Printable.of(trouble));
    }

    private static Row row(Parcel parcel, Stage stage, long nowMs) {
        return new Row(
                Printable.of(parcel.store()), Printable.of(parcel.id()), Printable.of(parcel.customer()), stage, nowMs);
    }

    private void reach(Parcel parcel, Stage stage, long nowMs) {
        var row = rows.get(parcel.key());
        if (row == null || row.stage.compareTo(stage) < 0) { // what is told late does not send a parcel back
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
