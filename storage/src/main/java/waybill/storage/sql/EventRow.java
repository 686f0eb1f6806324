package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import waybill.journal.LogEntry;
import waybill.order.Actor;
import waybill.order.Event;
import waybill.order.Offer;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderState;

/// How an event of the log stands in its row, joined with what never changes of its order.
public final class EventRow {

    /// What [#entry] reads, in its order.
    public static final String COLUMNS = """
            e.position, e.kind, e.state_before, e.state_after, e.driver, e.paid, e.document, e.body,
            e.actor, e.occurred_at, e.received_at,
            o.order_row, o.id, o.number, s.name, o.message_id, o.foreign_id, o.details, o.placed_at, o.accept_by,
            d.document, e.arrivals, e.offers, e.times, e.proofs
            """;

    /// How many [#COLUMNS] there are.
    public static final int COLUMN_COUNT = 25;

    public static final String SELECT = "SELECT " + COLUMNS + """
            FROM event e LEFT JOIN orders o ON o.order_row = e.order_row LEFT JOIN store s ON s.id = o.store
            LEFT JOIN order_document d ON d.order_row = o.order_row
            """;

    private EventRow() {}

    public static List<LogEntry> entries(PreparedStatement query) throws SQLException {
        return entries(query, Long.MAX_VALUE);
    }

    /// No more than hold about `charsMax` characters of documents and details, but always one if there is one.
    public static List<LogEntry> entries(PreparedStatement query, long charsMax) throws SQLException {
        var entries = new ArrayList<LogEntry>();
        var chars = 0L;
        try (var rows = query.executeQuery()) {
            while (chars < charsMax && rows.next()) {
                var documents = Documents.of(rows);
                entries.add(entry(rows, documents));
                chars += documents.characters();
            }
        }
        return entries;
    }

    /// The texts of a row that may be long: each is decoded once. As in a row, each may be null.
    private record Documents(String ofEvent, String details, String ofOrder) {

        static Documents of(ResultSet row) throws SQLException {
            return new Documents(row.getString(7), row.getString(18), row.getString(21));
        }

        long characters() {
            return characters(ofEvent) + characters(details) + characters(ofOrder);
        }

        private static long characters(@Nullable String text) {
            return text == null ? 0 : text.length();
        }
    }

    public static LogEntry entry(ResultSet row) throws SQLException {
        return entry(row, Documents.of(row));
    }

    private static LogEntry entry(ResultSet row, Documents documents) throws SQLException {
        var position = row.getLong(1);
        try {
            return entry(row, documents, position);
        } catch (RuntimeException e) { // the hub wrote no such row
            throw new CorruptDataException("row " + position + " of event: " + e.getMessage(), e);
        }
    }

    private static LogEntry entry(ResultSet row, Documents documents, long position) throws SQLException {
        var after = EnumCodes.decodeState(row.getInt(4));
        var driver = OrderRow.actor(row.getString(5));
        var orderRow = row.getLong(12);
        return new LogEntry(
                position,
                orderRow == 0 ? null : order(row, documents, after, driver, position),
                EnumCodes.decodeState(row.getInt(3)),
                event(row, documents, after, driver),
                Actor.parse(row.getString(9)),
                Instant.ofEpochMilli(row.getLong(10)),
                Instant.ofEpochMilli(row.getLong(11)));
    }

    private static Order order(
            ResultSet row, Documents documents, OrderState state, @Nullable Actor driver, long position)
            throws SQLException {
        var messageId = row.getString(16);
        var foreignId = row.getString(17);
        var details = OrderDetailsJson.read(documents.details(), documents.ofOrder());
        return new Order(
                OrderRow.id(row.getBytes(13)),
                row.getString(14),
                row.getString(15),
                messageId,
                foreignId == null ? messageId : foreignId,
                state,
                driver,
                EnumCodes.decodePaid(row.getLong(6), details),
                details,
                Instant.ofEpochMilli(row.getLong(19)),
                OrderRow.instant(row, 20),
                ArrivalsJson.decode(row.getString(22)),
                OrderOffersJson.read(row.getString(23)),
                OrderTimesJson.decode(row.getString(24)),
                ProofJson.decode(row.getString(25)),
                position);
    }

    private static Event event(ResultSet row, Documents documents, OrderState after, @Nullable Actor driver)
            throws SQLException {
        var kind = row.getInt(2);
        var document = documents.ofEvent();
        var body = body(row.getString(8));
        return switch (kind) {
            case EventJson.PLACED -> new OrderEvent.Placed(after);
            case EventJson.PAID -> EventJson.decodePaid(body);
            case EventJson.ASSIGNED ->
                new OrderEvent.Assigned(requireDriver(driver), OrderRow.actor(body.get("former")));
            case EventJson.STATE_CHANGED ->
                new OrderEvent.StateChanged(after, body.getOrDefault("reason", ""), document);
            case EventJson.DRIVER_ARRIVING -> EventJson.decodeArriving(body);
            case EventJson.DRIVER_ARRIVED -> new OrderEvent.DriverArrived(EventJson.stop(body), EventJson.at(body));
            case EventJson.ARRIVAL_CORRECTED ->
                new OrderEvent.ArrivalCorrected(EventJson.stop(body), EventJson.at(body));
            case EventJson.DRIVER_TAKEN_OVER -> new OrderEvent.DriverTakenOver(requireDriver(driver), document);
            case EventJson.HANDED_BACK -> EventJson.decodeHandedBack(body);
            case EventJson.OFFERED -> new OrderEvent.Offered(requireOpenOffer(row));
            case EventJson.OFFER_DECLINED -> EventJson.decodeOfferDeclined(body);
            case EventJson.OFFER_CLOSED -> EventJson.decodeOfferClosed(body);
            case EventJson.PROOF_RECORDED -> new OrderEvent.ProofRecorded(ProofJson.decode(body));
            case EventJson.TIMES_SET -> OrderTimesJson.decodeTimesSet(body);
            case EventJson.DELAYED -> OrderTimesJson.decodeDelayed(body);
            case EventJson.DELAY_ENDED -> OrderTimesJson.decodeDelayEnded(body);
            case EventJson.LINK_SHARED -> LinkEventJson.decodeShared(body);
            case EventJson.LINKS_REVOKED -> LinkEventJson.decodeRevoked(body);
            default -> EventJson.decode(kind, body);
        };
    }

    private static Map<String, String> body(@Nullable String json) {
        return json == null ? Map.of() : FlatJson.read(json);
    }

    /// An offer is open after the event that made it.
    private static Offer requireOpenOffer(ResultSet row) throws SQLException {
        return OrderOffersJson.read(row.getString(23))
                .open()
                .orElseThrow(() -> new IllegalStateException("offers: none open (expected: the one that was made)"));
    }

    private static Actor requireDriver(@Nullable Actor driver) {
        if (driver == null) {
            throw new IllegalStateException("driver: none (expected: whom the order was given to)");
        }
        return driver;
    }
}
