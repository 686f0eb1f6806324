package waybill.storage;

import static waybill.storage.Statements.asked;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.mailbox.Checkpoint;
import waybill.mailbox.Queue;
import waybill.mailbox.Recipient;
import waybill.order.Actor;
import waybill.order.HubEvent;
import waybill.order.Ledger;
import waybill.order.LogEntry;
import waybill.order.Order;
import waybill.order.OrderEvent;
import waybill.order.OrderId;
import waybill.order.OrderState;

/// The books on the writing connection. Belongs to the journal's thread; every statement is prepared once.
final class SqliteLedger extends SqliteRegister implements Ledger, AutoCloseable {

    private final Statements statements;
    private final Names stores;
    private final OrderTable orders;
    private final LetterTable letters;
    private final CheckpointTable checkpoints;
    private final DayNumbers days;
    private final Retention letterRetention;
    private final Optional<Retention> orderRetention;
    private final PreparedStatement totalChanges;
    private final PreparedStatement writeProbe;
    private final PreparedStatement newestPosition;
    private final PreparedStatement payloadAt;
    private final PreparedStatement addEvent;
    private final PreparedStatement moveMark;

    /// Old events whose letters are thrown away for each new event: more than one, so that a backlog grows less.
    private static final int TIDIED_PER_EVENT = 2;

    /// Old events whose letters are thrown away at a time while nobody wants anything.
    private static final int TIDIED_AT_ONCE = 1_000;

    /// What a probe writes: more than most orders need.
    private static final int PROBE_BYTES = 64 << 10;

    /// The name under which the time is remembered up to which the clock was trusted, and how often.
    private static final String TRUSTED_TIME = "trusted time";

    private static final Duration TRUSTED_EVERY = Duration.ofMinutes(1);

    private Instant trustedNoted = Instant.EPOCH;
    private long changes;
    private boolean changed;
    private long committedHead;
    private long head;
    private List<LogEntry> uncommitted = new ArrayList<>();

    SqliteLedger(Connection connection, Limits limits, TrustedClock clock) throws SQLException {
        this(new Statements(connection), limits, clock);
        connection.commit();
    }

    private SqliteLedger(Statements statements, Limits limits, TrustedClock clock) throws SQLException {
        super(statements, clock);
        this.statements = statements;
        stores = Names.ofStores(statements);
        orders = new OrderTable(statements, stores);
        letters = new LetterTable(statements, stores);
        checkpoints = new CheckpointTable(statements);
        days = new DayNumbers(statements);
        payloadAt = statements.prepare("SELECT payload FROM event WHERE position = ?");
        addEvent = statements.prepare("""
                INSERT INTO event (position, order_row, store, kind, state_before, state_after, driver, paid, payload, body,
                                   actor, occurred_at, received_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """);
        moveMark = statements.prepare("""
                INSERT INTO progress (name, position) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET position = excluded.position
                """);
        letterRetention = Retention.ofLetters(statements, moveMark, limits.lettersKeptFor());
        orderRetention = limits.ordersKeptFor().isZero()
                ? Optional.empty()
                : Optional.of(Retention.ofOrders(statements, moveMark, limits.ordersKeptFor()));
        totalChanges = statements.prepare("SELECT total_changes()");
        writeProbe = statements.prepare("INSERT INTO probe (id, filler) VALUES (1, randomblob(" + PROBE_BYTES
                + ")) ON CONFLICT (id) DO UPDATE SET filler = excluded.filler");
        newestPosition = statements.prepare("SELECT coalesce(max(position), 0) FROM event");
        committedHead = readHead(statements);
        head = committedHead;
        commitTime();
    }

    @Override
    public Optional<Order> byId(OrderId id) {
        return asked(() -> orders.byId(id));
    }

    @Override
    public Optional<Order> named(String store, String name) {
        return asked(() -> orders.named(store, name));
    }

    @Override
    public Optional<Order> namedByCustomer(String store, String customer, String name) {
        return asked(() -> orders.namedByCustomer(store, customer, name));
    }

    @Override
    public List<Order> namesakes(String name, Optional<String> store, Among among, Actor by, int max) {
        return asked(() -> orders.namesakes(name, store, among, by, max));
    }

    @Override
    public boolean isStore(String name) {
        return asked(() -> stores.number(name).isPresent());
    }

    @Override
    public String placedPayload(Order order) {
        return asked(() -> {
            payloadAt.setLong(1, order.row());
            try (var rows = payloadAt.executeQuery()) {
                if (!rows.next()) {
                    throw new IllegalStateException("order " + order.row() + " has no event that placed it");
                }
                return rows.getString(1);
            }
        });
    }

    @Override
    public long nextOf(LocalDate day) {
        return asked(() -> days.nextOf(day));
    }

    @Override
    public long append(
            OrderState before, Order next, OrderEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return asked(() -> {
            var position = head + 1;
            var order = next.at(position);
            var store = stores.numberOrNew(order.store());
            if (next.row() == 0) {
                orders.add(order, event, store);
            } else {
                orders.change(order, event);
            }
            OrderRow.set(addEvent, 2, order.row());
            OrderRow.set(addEvent, 3, store);
            addEvent.setInt(5, Codes.of(before));
            addEvent.setInt(6, Codes.of(order.state()));
            addEvent.setString(7, OrderTable.text(order.driverOrNone()));
            addEvent.setLong(8, Codes.ofPaid(order));
            addEvent.setString(9, event.said());
            return appended(new LogEntry(position, order, before, event, by, occurredAt, receivedAt));
        });
    }

    @Override
    public long append(HubEvent event, Actor by, Instant occurredAt, Instant receivedAt) {
        return asked(() -> {
            OrderRow.set(addEvent, 2, null);
            OrderRow.set(addEvent, 3, store(event));
            addEvent.setInt(5, Codes.of(OrderState.NEW));
            addEvent.setInt(6, Codes.of(OrderState.NEW));
            addEvent.setString(7, null);
            addEvent.setLong(8, 0);
            addEvent.setString(9, OrderEvent.NOTHING_SAID);
            return appended(new LogEntry(head + 1, null, OrderState.NEW, event, by, occurredAt, receivedAt));
        });
    }

    private @Nullable Long store(HubEvent event) throws SQLException {
        return switch (event) {
            case HubEvent.BusinessStatusChanged changed -> stores.numberOrNew(changed.store());
            case HubEvent.DriverStatusChanged _, HubEvent.Notified _, HubEvent.OfferMade _ -> null;
        };
    }

    /// The columns that every event has; the others are set already.
    private long appended(LogEntry entry) throws SQLException {
        addEvent.setLong(1, entry.position());
        addEvent.setInt(4, EventBody.kind(entry.event()));
        addEvent.setString(10, EventBody.write(entry.event()));
        addEvent.setString(11, entry.by().toString());
        addEvent.setLong(12, entry.occurredAt().toEpochMilli());
        addEvent.setLong(13, entry.receivedAt().toEpochMilli());
        addEvent.executeUpdate();
        head = entry.position();
        noteTime(entry.receivedAt());
        uncommitted.add(entry);
        return head;
    }

    @Override
    public void post(Queue queue, long position) {
        asked(() -> {
            letters.post(queue, position);
            return true;
        });
    }

    @Override
    public void post(Recipient recipient, long position) {
        asked(() -> {
            letters.post(recipient, position);
            return true;
        });
    }

    @Override
    public boolean remove(Queue queue, String messageId) {
        return asked(() -> {
            orders.write();
            return letters.remove(queue, messageId);
        });
    }

    @Override
    public boolean confirmPickup(Queue queue, String messageId, Actor reader) {
        return asked(() -> {
            orders.write();
            return letters.confirm(queue, messageId, reader);
        });
    }

    @Override
    public void forgetConfirmations(Order order) {
        asked(() -> {
            letters.forgetConfirmations(order);
            return true;
        });
    }

    @Override
    public void askReceipt(Order order, long position, Instant at) {
        asked(() -> {
            letters.askReceipt(order, position, at);
            return true;
        });
    }

    @Override
    public void noteSent(String store, long position, Instant at) {
        asked(() -> letters.noteSent(store, position, at));
    }

    @Override
    public boolean acknowledge(String store, long position, Instant at) {
        return asked(() -> letters.acknowledge(store, position, at));
    }

    @Override
    public void closeReceipts(Order order, Instant at) {
        asked(() -> {
            letters.closeReceipts(order, at);
            return true;
        });
    }

    @Override
    public void saveCheckpoint(Checkpoint checkpoint) {
        asked(() -> checkpoints.save(checkpoint));
    }

    @Override
    public void purgeCheckpoints(Instant before) {
        asked(() -> checkpoints.purge(before));
    }

    @Override
    public void mark(String relay, long position) {
        asked(() -> {
            moveMark.setString(1, relay);
            moveMark.setLong(2, position);
            return moveMark.executeUpdate();
        });
    }

    /// The position of the newest event, committed or not.
    long head() {
        return head;
    }

    /// Keeps everything since the last commit, and returns the events among it.
    List<LogEntry> commit() throws SQLException {
        orders.write();
        days.write();
        if (head > committedHead) { // so much comes in, so much may go out
            trim(TIDIED_PER_EVENT * (int) (head - committedHead));
            noteTrustedTime();
        }
        var before = changes;
        changes = number(totalChanges);
        changed = changes != before;
        statements.commit();
        commitTime();
        committedHead = head;
        var committed = uncommitted;
        uncommitted = new ArrayList<>();
        return committed;
    }

    /// Whether anything was written by the last commit: one that changes nothing does not ask the disk.
    boolean hasChanged() {
        return changed;
    }

    /// Writes something that makes no difference.
    void probe() throws SQLException {
        writeProbe.executeUpdate();
    }

    /// Whether another process has appended to the log.
    boolean isOvertaken() throws SQLException {
        return number(newestPosition) != committedHead;
    }

    /// Deletes some of what is too old; true when there may be more.
    boolean tidy() throws SQLException {
        return trim(TIDIED_AT_ONCE);
    }

    /// The newest event stays, so that no position is ever given twice.
    private boolean trim(int eventsMax) throws SQLException {
        var isMore = letterRetention.trim(now(), eventsMax, head);
        if (orderRetention.isPresent()) {
            isMore |= orderRetention.get().trim(now(), eventsMax, Math.min(letterRetention.position(), head - 1));
        }
        return isMore;
    }

    private void noteTrustedTime() throws SQLException {
        var trusted = trustedNow();
        if (Duration.between(trustedNoted, trusted).abs().compareTo(TRUSTED_EVERY) >= 0) {
            trustedNoted = trusted;
            moveMark.setString(1, TRUSTED_TIME);
            moveMark.setLong(2, trusted.toEpochMilli());
            moveMark.executeUpdate();
        }
    }

    /// The time that was trusted when this was last written to, or else that of the newest event.
    Optional<Instant> lastTrusted() throws SQLException {
        var known = statements.prepare("""
                SELECT coalesce((SELECT position FROM progress WHERE name = ?),
                                (SELECT received_at FROM event ORDER BY position DESC LIMIT 1))
                """);
        known.setString(1, TRUSTED_TIME);
        try (var rows = known.executeQuery()) {
            return rows.next() ? Optional.ofNullable(OrderRow.instant(rows, 1)) : Optional.empty();
        }
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    void rollback() throws SQLException {
        head = committedHead;
        rollBackTime();
        uncommitted.clear();
        stores.forget();
        letters.forget();
        orders.forget();
        days.forget();
        statements.rollback();
    }

    @Override
    public void close() throws SQLException {
        statements.close();
    }

    private long readHead(Statements statements) throws SQLException {
        var newest = statements.prepare("SELECT position, received_at FROM event ORDER BY position DESC LIMIT 1");
        try (var rows = newest.executeQuery()) {
            if (!rows.next()) {
                return 0;
            }
            noteTime(Instant.ofEpochMilli(rows.getLong(2)));
            return rows.getLong(1);
        }
    }
}
