package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import waybill.blob.Blob;
import waybill.blob.BlobId;
import waybill.blob.BlobType;

/// Which files are needed, on the writing connection. Belongs to the journal's thread.
public final class BlobTable {

    public static final String IS_REFERENCED = "SELECT 1 FROM blob WHERE id = ?";

    public static final String OF_PRODUCT = "SELECT id, sha256, size, type FROM blob WHERE store = ? AND product = ?";

    private final PreparedStatement addOfOrder;
    private final PreparedStatement addOfProduct;
    private final PreparedStatement deleteReplaced;
    private final PreparedStatement deleteOfProduct;
    private final PreparedStatement deleteOfNoProduct;

    public BlobTable(Statements statements) throws SQLException {
        addOfOrder = statements.prepare("INSERT INTO blob (id, sha256, size, type, order_row) VALUES (?, ?, ?, ?, ?)");
        addOfProduct = statements.prepare(
                "INSERT INTO blob (id, sha256, size, type, store, product) VALUES (?, ?, ?, ?, ?, ?)");
        deleteReplaced = statements.prepare("DELETE FROM blob WHERE (store = ? AND product = ?) OR id = ?");
        deleteOfProduct = statements.prepare("DELETE FROM blob WHERE store = ? AND product = ?");
        deleteOfNoProduct = statements.prepare("DELETE FROM blob WHERE store = ? AND product IS NOT NULL"
                + " AND product NOT IN (SELECT id FROM product WHERE product.store = blob.store)");
    }

    /// Adds a file that proves something of an order.
    ///
    /// @param orderRow the number of the row of that order
    public void add(long orderRow, Blob blob) throws SQLException {
        set(addOfOrder, blob);
        addOfOrder.setLong(5, orderRow);
        addOfOrder.executeUpdate();
    }

    /// Replaces the image of a product.
    public int save(String store, String product, Blob blob) throws SQLException {
        deleteReplaced.setString(1, store);
        deleteReplaced.setString(2, product);
        deleteReplaced.setString(3, blob.id().toString());
        deleteReplaced.executeUpdate();
        set(addOfProduct, blob);
        addOfProduct.setString(5, store);
        addOfProduct.setString(6, product);
        return addOfProduct.executeUpdate();
    }

    public boolean delete(String store, String product) throws SQLException {
        deleteOfProduct.setString(1, store);
        deleteOfProduct.setString(2, product);
        return deleteOfProduct.executeUpdate() > 0;
    }

    /// Deletes the images of products that a store has no more.
    public int deleteOfFormerProducts(String store) throws SQLException {
        deleteOfNoProduct.setString(1, store);
        return deleteOfNoProduct.executeUpdate();
    }

    private static void set(PreparedStatement statement, Blob blob) throws SQLException {
        statement.setString(1, blob.id().toString());
        statement.setString(2, blob.sha256());
        statement.setLong(3, blob.size());
        statement.setString(4, blob.type().mediaType());
    }

    public static Blob blob(ResultSet row) throws SQLException {
        return new Blob(BlobId.parse(row.getString(1)), row.getString(2), row.getLong(3), type(row.getString(4)));
    }

    static BlobType type(String mediaType) {
        return BlobType.parse(mediaType).orElseThrow(() -> EnumCodes.unknownCode("type of a file", mediaType));
    }
}
