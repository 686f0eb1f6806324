package waybill.storage;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;

/// Who and what there is, as committed.
final class SqliteDirectory implements Directory {

    private final Readers readers;

    SqliteDirectory(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Optional<Business> business(String store) {
        return one(DirectoryRows.BUSINESS, store, DirectoryRows::business);
    }

    @Override
    public Optional<Person> person(UserId user) {
        return readers.query(DirectoryRows.PERSON, query -> DirectoryRows.person(query, user));
    }

    @Override
    public List<Product> products(String store, String after, int max) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(ProductTable.SELECT + "> ? ORDER BY id LIMIT ?")) {
                query.setString(1, store);
                query.setString(2, after);
                query.setInt(3, max);
                return DirectoryRows.all(query, ProductTable::product);
            }
        });
    }

    @Override
    public List<DriverState> drivers(String after, int max) {
        return page(
                DirectoryRows.DRIVER + "WHERE driver > ? ORDER BY driver LIMIT ?", after, max, DirectoryRows::driver);
    }

    @Override
    public Optional<DriverState> driver(String driver) {
        return one(DirectoryRows.DRIVER + "WHERE driver = ?", driver, DirectoryRows::driver);
    }

    @Override
    public List<Device> devices(UserId user, int max) {
        return page(
                "SELECT token, user_id, platform, registered_at FROM device WHERE user_id = ? ORDER BY registered_at LIMIT ?",
                user.toString(),
                max,
                DirectoryRows::device);
    }

    @Override
    public Map<UserId, Instant> revocations() {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement("SELECT user_id, until FROM revocation");
                    var rows = query.executeQuery()) {
                var revocations = new HashMap<UserId, Instant>();
                while (rows.next()) {
                    revocations.put(UserId.parse(rows.getString(1)), Instant.ofEpochMilli(rows.getLong(2)));
                }
                return Map.copyOf(revocations);
            }
        });
    }

    private <T> Optional<T> one(String sql, String name, DirectoryRows.Row<T> row) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                return DirectoryRows.named(query, name, row);
            }
        });
    }

    private <T> List<T> page(String sql, String name, int max, DirectoryRows.Row<T> row) {
        return readers.read(connection -> {
            try (var query = connection.prepareStatement(sql)) {
                query.setString(1, name);
                query.setInt(2, max);
                return DirectoryRows.all(query, row);
            }
        });
    }
}
