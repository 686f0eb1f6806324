package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Optional;
import java.util.Set;
import waybill.directory.Business;
import waybill.journal.Read;

/// What is known of stores, on the writing connection. Belongs to the journal's thread.
public final class BusinessTable {

    private static final String FIND = """
            SELECT b.store, b.name, b.keeper, b.address, b.latitude, b.longitude, b.is_open, b.notes
            FROM asked CROSS JOIN business b ON b.store = asked.store
            """;

    private final LoadedRows<String, Business> rows;
    private final PreparedStatement save;

    public BusinessTable(Statements statements) throws SQLException {
        rows = new LoadedRows<>(
                new KeyedQuery<>(statements, "store", FIND, (query, first, store) -> query.setString(first, store)),
                row -> row.getString(1),
                DirectoryRows::business);
        save = statements.prepare("""
                INSERT INTO business (store, name, keeper, address, latitude, longitude, is_open, notes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (store) DO UPDATE SET name = excluded.name, keeper = excluded.keeper,
                address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
                is_open = excluded.is_open, notes = excluded.notes
                """);
    }

    /// Loads in one round those that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        rows.startBatch(reads.stream()
                .filter(Read.OfBusiness.class::isInstance)
                .map(read -> ((Read.OfBusiness) read).store())
                .toList());
    }

    public Optional<Business> find(String store) throws SQLException {
        return rows.find(store);
    }

    public int save(Business business) throws SQLException {
        save.setString(1, business.store());
        save.setString(2, business.name());
        save.setString(3, business.ownerOrNone());
        save.setString(4, business.address().text());
        var position = business.address().positionOrNone();
        save.setObject(5, position == null ? null : position.latitude(), Types.DOUBLE);
        save.setObject(6, position == null ? null : position.longitude(), Types.DOUBLE);
        save.setInt(7, EnumCodes.encode(business.isOpen()));
        save.setString(8, business.address().notesOrNone());
        rows.put(business.store(), business);
        return save.executeUpdate();
    }

    /// The transaction was rolled back.
    public void clearCache() {
        rows.clear();
    }
}
