package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.directory.Product;
import waybill.journal.Read;

/// What stores sell, on the writing connection. Belongs to the journal's thread.
public final class ProductTable {

    public static final String SELECT =
            "SELECT id, name, price, currency, available, (SELECT sha256 FROM blob WHERE blob.store = product.store"
                    + " AND blob.product = product.id) FROM product WHERE store = ? AND id ";

    private static final String FIND = """
            SELECT p.id, p.name, p.price, p.currency, p.available,
                   (SELECT sha256 FROM blob WHERE blob.store = p.store AND blob.product = p.id), p.store
            FROM asked CROSS JOIN product p ON p.store = asked.store AND p.id = asked.id
            """;

    private record Key(String store, String id) {}

    private final LoadedRows<Key, Product> rows;
    private final PreparedStatement clear;
    private final PreparedStatement add;

    public ProductTable(Statements statements) throws SQLException {
        var query = new KeyedQuery<Key>(statements, "store, id", FIND, (find, first, key) -> {
            find.setString(first, key.store);
            find.setString(first + 1, key.id);
        });
        rows = new LoadedRows<>(query, row -> new Key(row.getString(7), row.getString(1)), ProductTable::product);
        clear = statements.prepare("DELETE FROM product WHERE store = ?");
        add = statements.prepare(
                "INSERT INTO product (store, id, name, price, currency, available) VALUES (?, ?, ?, ?, ?, ?)");
    }

    /// Loads in one round those that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        rows.startBatch(reads.stream()
                .filter(Read.OfProduct.class::isInstance)
                .map(read -> new Key(((Read.OfProduct) read).store(), ((Read.OfProduct) read).id()))
                .toList());
    }

    public Optional<Product> find(String store, String id) throws SQLException {
        return rows.find(new Key(store, id));
    }

    /// Products or their images have changed, or the transaction was rolled back.
    public void clearCache() {
        rows.clear();
    }

    public void replace(String store, List<Product> products) throws SQLException {
        clearCache();
        clear.setString(1, store);
        clear.executeUpdate();
        for (var product : products) {
            add.setString(1, store);
            add.setString(2, product.id());
            add.setString(3, product.name());
            add.setLong(4, product.price());
            add.setString(5, product.currency());
            add.setInt(6, EnumCodes.encode(product.isAvailable()));
            add.executeUpdate();
        }
    }

    public static Product product(ResultSet row) throws SQLException {
        return new Product(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getBoolean(5),
                row.getString(6));
    }
}
