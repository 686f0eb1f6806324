package waybill.storage.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import waybill.order.Order;
import waybill.order.OrderWords;

/// Writes the words by which orders are found to the full-text index. Belongs to the journal's thread.
///
/// The words of many orders are written at once, because a transaction that adds a few to such an index costs nearly as
/// much as one that adds many. The newest orders are therefore not in it yet: a search reads their rows, of which there
/// are at most [#UNINDEXED_MAX]. The index and how far it has come are written in one transaction, so that each order
/// is in one of the two. A store from before the index is indexed by the same steps.
public final class OrderWordIndex {

    /// The name under which the row of the last order in the index is stored.
    public static final String PROGRESS = "words of orders";

    /// Orders that are indexed at once. Commands wait meanwhile.
    static final int STEP = 128;

    /// The newest orders that a search reads without the index: those of a step, and of the batch that it waits for.
    static final int UNINDEXED_MAX = 2_000;

    private static final int CUSTOMER_HASH_BYTES = 8;

    private final InternedNames stores;
    private final PreparedStatement next;
    private final PreparedStatement countNext;
    private final PreparedStatement insert;
    private final PreparedStatement findProgress;
    private final PreparedStatement saveProgress;
    private long indexedTo;
    private int unindexed;
    private boolean isStale;

    OrderWordIndex(Statements statements, InternedNames stores) throws SQLException {
        this.stores = stores;
        next = statements.prepare(OrderRow.SELECT + "WHERE o.order_row > ? ORDER BY o.order_row LIMIT " + STEP);
        countNext = statements.prepare(
                "SELECT count(*) FROM (SELECT 1 FROM orders WHERE order_row > ? LIMIT " + 2 * STEP + ") AS newest");
        insert = statements.prepare(statements.dialect().insertWords());
        findProgress = statements.prepare("SELECT position FROM progress WHERE name = '" + PROGRESS + "'");
        saveProgress = statements.prepare("INSERT INTO progress (name, position) VALUES ('" + PROGRESS + "', ?)"
                + " ON CONFLICT (name) DO UPDATE SET position = excluded.position");
        reload();
    }

    /// An order was added.
    void onAdded() {
        unindexed++;
    }

    /// Indexes the next orders if there are enough for a step. True when there are more.
    boolean indexStep() throws SQLException {
        if (isStale) {
            reload();
        }
        if (unindexed < STEP) {
            return false;
        }
        next.setLong(1, indexedTo);
        for (var listed : OrderRow.listedOrders(next)) {
            insert.setLong(1, listed.placedSequence());
            insert.setString(2, text(listed.order()));
            insert.addBatch();
            indexedTo = listed.placedSequence();
        }
        insert.executeBatch();
        saveProgress.setLong(1, indexedTo);
        saveProgress.executeUpdate();
        unindexed = countUnindexed();
        return unindexed >= STEP;
    }

    private String text(Order order) throws SQLException {
        var text = new StringBuilder(String.join(" ", OrderWords.of(order)));
        text.append(' ').append(storeWord(stores.findOrCreateId(order.store())));
        order.details().customer().ifPresent(customer -> text.append(' ').append(customerWord(customer)));
        return text.toString();
    }

    /// No word of an order or of a user contains a colon.
    static String storeWord(long store) {
        return "s:" + store;
    }

    /// The id of a customer may be any text, so this is a hash: whether an order is the customer's is in its row.
    static String customerWord(String customer) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(customer.getBytes(UTF_8));
            return "c:" + HexFormat.of().formatHex(Arrays.copyOf(hash, CUSTOMER_HASH_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java has it
        }
    }

    /// The transaction was rolled back.
    void rollback() {
        isStale = true; // the next step clears what a failed one has left in the statement
    }

    private void reload() throws SQLException {
        insert.clearBatch();
        try (var rows = findProgress.executeQuery()) {
            indexedTo = rows.next() ? rows.getLong(1) : 0;
        }
        unindexed = countUnindexed();
        isStale = false;
    }

    private int countUnindexed() throws SQLException {
        countNext.setLong(1, indexedTo);
        try (var rows = countNext.executeQuery()) {
            return rows.next() ? rows.getInt(1) : 0;
        }
    }
}
