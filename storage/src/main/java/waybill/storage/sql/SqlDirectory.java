package waybill.storage.sql;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.Directory;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Tracker;

/// Who and what there is, as committed.
public final class SqlDirectory implements Directory {

    private final ReadConnections connections;

    public SqlDirectory(ReadConnections readers) {
        this.connections = readers;
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return findOne(DirectoryRows.BUSINESS, store, DirectoryRows::business);
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return connections.query(DirectoryRows.PERSON, query -> DirectoryRows.person(query, user));
    }

    @Override
    public List<Product> listProducts(String store, String after, int max) {
        return connections.read(connection -> {
            try (var query = connection.prepare(ProductTable.SELECT + "> ? ORDER BY id LIMIT ?")) {
                query.setString(1, store);
                query.setString(2, after);
                query.setInt(3, max);
                return DirectoryRows.list(query, ProductTable::product);
            }
        });
    }

    @Override
    public Optional<Blob> findProductImage(String store, String product) {
        return connections.query(BlobTable.OF_PRODUCT, query -> {
            query.setString(2, product);
            return DirectoryRows.findByName(query, store, BlobTable::blob);
        });
    }

    @Override
    public List<DriverState> listDrivers(String after, int max) {
        return listPage(DriverTable.SELECT + "> ? ORDER BY driver LIMIT ?", after, max, DriverTable::driver);
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        return findOne(DriverTable.SELECT + "= ?", driver, DriverTable::driver);
    }

    @Override
    public List<Person> listMerchants(String store, int max) {
        return listPage(
                "SELECT " + DirectoryRows.PERSON_COLUMNS + " FROM person WHERE store = ? ORDER BY id LIMIT ?",
                store,
                max,
                DirectoryRows::person);
    }

    @Override
    public List<Device> listDevices(UserId user, int max) {
        return listPage(DeviceTable.OF_USER, user.toString(), max, DirectoryRows::device);
    }

    @Override
    public Optional<Tracker> findTracker(String keyHash) {
        return findOne(TrackerTable.SELECT + "WHERE key_hash = ?", keyHash, TrackerTable::tracker);
    }

    @Override
    public List<Tracker> listTrackers(String driver, int max) {
        return listPage(
                TrackerTable.SELECT + "WHERE driver = ? ORDER BY created_at, id LIMIT ?",
                driver,
                max,
                TrackerTable::tracker);
    }

    @Override
    public Map<UserId, Instant> loadRevocations() {
        return connections.read(connection -> {
            try (var query = connection.prepare("SELECT user_id, until FROM revocation");
                    var rows = query.executeQuery()) {
                var revocations = new HashMap<UserId, Instant>();
                while (rows.next()) {
                    revocations.put(UserId.parse(rows.getString(1)), Instant.ofEpochMilli(rows.getLong(2)));
                }
                return Map.copyOf(revocations);
            }
        });
    }

    private <T> Optional<T> findOne(String sql, String name, DirectoryRows.RowMapper<T> row) {
        return connections.read(connection -> {
            try (var query = connection.prepare(sql)) {
                return DirectoryRows.findByName(query, name, row);
            }
        });
    }

    private <T> List<T> listPage(String sql, String name, int max, DirectoryRows.RowMapper<T> row) {
        return connections.read(connection -> {
            try (var query = connection.prepare(sql)) {
                query.setString(1, name);
                query.setInt(2, max);
                return DirectoryRows.list(query, row);
            }
        });
    }
}
