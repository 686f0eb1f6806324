package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import waybill.directory.Product;

/// What stores sell, on the writing connection. Belongs to the journal's thread.
public final class ProductTable {

    public static final String SELECT =
            "SELECT id, name, price, currency, available, (SELECT sha256 FROM blob WHERE blob.store = product.store"
                    + " AND blob.product = product.id) FROM product WHERE store = ? AND id ";

    private final PreparedStatement find;
    private final PreparedStatement clear;
    private final PreparedStatement add;

    public ProductTable(Statements statements) throws SQLException {
        find = statements.prepare(SELECT + "= ?");
        clear = statements.prepare("DELETE FROM product WHERE store = ?");
        add = statements.prepare(
                "INSERT INTO product (store, id, name, price, currency, available) VALUES (?, ?, ?, ?, ?, ?)");
    }

    public Optional<Product> find(String store, String id) throws SQLException {
        find.setString(2, id);
        return DirectoryRows.findByName(find, store, ProductTable::product);
    }

    public void replace(String store, List<Product> products) throws SQLException {
        clear.setString(1, store);
        clear.executeUpdate();
        for (var product : products) {
            add.setString(1, store);
            add.setString(2, product.id());
            add.setString(3, product.name());
            add.setLong(4, product.price());
            add.setString(5, product.currency());
            add.setBoolean(6, product.isAvailable());
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
