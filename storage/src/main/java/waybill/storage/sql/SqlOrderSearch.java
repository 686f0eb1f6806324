package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.journal.UnavailableException;
import waybill.order.OrderFilter;
import waybill.order.OrderFilter.Scope;
import waybill.order.OrderMatches;
import waybill.order.OrderSearch;

/// One search over orders, on one reading connection.
///
/// It reads the newest orders, which are not in the full-text index yet, and then the index, newest first. The store
/// and the customer of an order are words of the index, so that a word that most orders have costs little where few
/// orders
/// are of that store. What changes during an order's life, its driver and its state, is read from its row: when few of
/// [#CANDIDATES_MAX] rows fit, the orders of that driver or state are read instead, and their words are compared. Each
/// way has a limit, after which a page ends early.
final class SqlOrderSearch {

    /// Orders of the index whose driver and state are read for one page.
    static final int CANDIDATES_MAX = 3_000;

    /// Orders whose words are compared one by one for one page, besides those that fill it.
    static final int COMPARED_MAX = 1_000;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private static final String FROM_WORDS = "order_word w CROSS JOIN orders o ON o.order_row = w.rowid ";

    private static final String FIND_ORDERS = OrderRow.selectFrom(FROM_WORDS);

    /// Whether the order in a row is one of those that are searched for.
    private interface RowTest {
        boolean isMatch(ResultSet row) throws SQLException;
    }

    private final ReadConnections.ReadConnection connection;
    private final SqlDialect dialect;
    private final OrderSearch search;
    private final OrderFilter filter;
    private final List<OrderMatches.Match> found = new ArrayList<>();
    private long before;
    private long indexedTo;

    SqlOrderSearch(
            ReadConnections.ReadConnection connection, SqlDialect dialect, OrderSearch search, OrderFilter filter) {
        this.connection = connection;
        this.dialect = dialect;
        this.search = search;
        this.filter = filter;
        before = filter.placedBefore();
    }

    OrderMatches run() throws SQLException {
        indexedTo = findIndexedTo();
        var isComplete = searchNewest() && searchIndex();
        return new OrderMatches(found, !isComplete, before);
    }

    private long findIndexedTo() throws SQLException {
        try (var query = connection.prepare("SELECT position FROM progress WHERE name = ?")) {
            query.setString(1, OrderWordIndex.PROGRESS);
            return queryLong(query);
        }
    }

    /// Compares the orders that are not in the index. False when they fill the page.
    private boolean searchNewest() throws SQLException {
        if (before <= indexedTo) {
            return true;
        }
        try (var count = connection.prepare(
                "SELECT count(*) FROM (SELECT 1 FROM orders WHERE order_row > ? LIMIT ?) AS newest")) {
            count.setLong(1, indexedTo);
            count.setInt(2, OrderWordIndex.UNINDEXED_MAX + 1);
            if (queryLong(count) > OrderWordIndex.UNINDEXED_MAX) {
                throw new UnavailableException("the words of earlier orders are being indexed", RETRY_AFTER);
            }
        }
        return compare(OrderConditions.of(filter), indexedTo, OrderWordIndex.UNINDEXED_MAX);
    }

    /// Searches the orders of the index. True when those were all.
    private boolean searchIndex() throws SQLException {
        var scope = scopeWord();
        if (scope.isEmpty()) {
            return true;
        }
        var match = new MatchExpression(search, scope.get(), dialect.matchSyntax());
        var isApproximate = match.isApproximate() && isCommon(match.approximate());
        var isComplete =
                isApproximate ? findOrders(match.approximate(), COMPARED_MAX + filter.max()) : findIds(match.exact());
        return isComplete
                || (found.size() < filter.max()
                        && OrderConditions.isSelective(filter)
                        && compare(OrderConditions.ofFew(filter), 0, COMPARED_MAX + filter.max()));
    }

    /// The word that all orders of the scope have, blank where there is none; empty for a store without orders.
    private Optional<String> scopeWord() throws SQLException {
        return switch (filter.scope()) {
            case Scope.All _, Scope.OfDriver _ -> Optional.of("");
            case Scope.OfCustomer(var customer) -> Optional.of(OrderWordIndex.customerWord(customer));
            case Scope.OfStore(var store) -> {
                try (var query = connection.prepare("SELECT id FROM store WHERE name = ?")) {
                    query.setString(1, store);
                    var id = queryLong(query);
                    yield id == 0 ? Optional.empty() : Optional.of(OrderWordIndex.storeWord(id));
                }
            }
        };
    }

    /// Whether a good part of what an approximate expression finds is searched for. If not, the exact one finds little
    /// and costs little.
    private boolean isCommon(String approximate) throws SQLException {
        try (var query = prepareMatch(FIND_ORDERS + byWords(MatchExpression.SAMPLED), approximate)) {
            var orders = OrderRow.orders(query);
            return orders.stream().filter(search::matches).count() * MatchExpression.SHARE_MIN >= orders.size();
        }
    }

    private String byWords(int max) {
        return "WHERE " + dialect.matchesWords() + " AND w.rowid <= ? ORDER BY w.rowid DESC LIMIT " + max;
    }

    private PreparedStatement prepareMatch(String sql, String match) throws SQLException {
        var query = connection.prepare(sql);
        setMatch(query, 1, match);
        return query;
    }

    private void setMatch(PreparedStatement query, int parameter, String match) throws SQLException {
        query.setString(parameter, match);
        query.setLong(parameter + 1, Math.min(before - 1, indexedTo));
    }

    private boolean findIds(String match) throws SQLException {
        var conditions = OrderConditions.of(filter);
        try (var query = connection.prepare("SELECT o.order_row, o.id, (TRUE" + conditions.sql() + ") FROM "
                + FROM_WORDS + byWords(CANDIDATES_MAX + 1))) {
            setMatch(query, conditions.set(query, 1), match);
            return scan(query, row -> row.getBoolean(3), CANDIDATES_MAX);
        }
    }

    private boolean findOrders(String match, int rowsMax) throws SQLException {
        try (var query = prepareMatch(FIND_ORDERS + byWords(rowsMax + 1), match)) {
            return scan(query, this::isMatch, rowsMax);
        }
    }

    /// Compares the words of the orders that fit the filter, after that row.
    private boolean compare(OrderConditions conditions, long after, int rowsMax) throws SQLException {
        try (var query = connection.prepare(OrderRow.SELECT + "WHERE o.order_row < ? AND o.order_row > ?"
                + conditions.sql() + " ORDER BY o.order_row DESC LIMIT " + (rowsMax + 1))) {
            query.setLong(1, before);
            query.setLong(2, after);
            conditions.set(query, 3);
            return scan(query, this::isMatch, rowsMax);
        }
    }

    private boolean isMatch(ResultSet row) throws SQLException {
        var order = OrderRow.order(row);
        return filter.includes(order) && search.matches(order);
    }

    /// Adds the orders that match until the page is full. True when those were all.
    private boolean scan(PreparedStatement query, RowTest test, int rowsMax) throws SQLException {
        try (var rows = query.executeQuery()) {
            for (var read = 0; rows.next(); read++) {
                if (read == rowsMax || found.size() == filter.max()) {
                    return false;
                }
                if (test.isMatch(rows)) {
                    found.add(new OrderMatches.Match(OrderRow.id(rows), rows.getLong(1)));
                }
                before = rows.getLong(1);
            }
            return found.size() < filter.max();
        }
    }

    private static long queryLong(PreparedStatement query) throws SQLException {
        try (var rows = query.executeQuery()) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }
}
