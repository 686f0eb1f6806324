package waybill.storage.sqlite;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.access.UserId;
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.Device;
import waybill.directory.DirectoryWriter;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.StoredResponse;
import waybill.storage.sql.BlobTable;
import waybill.storage.sql.DeviceTable;
import waybill.storage.sql.DirectoryRows;
import waybill.storage.sql.DriverTable;
import waybill.storage.sql.ProductTable;
import waybill.storage.sql.ResponseBodyCodec;
import waybill.storage.sql.Statements;
import waybill.storage.sql.TrustedClock;

/// The part of the books that is not about orders, on the writing connection. Belongs to the journal's thread.
class SqliteDirectoryWriter extends SqliteTrackerWriter implements DirectoryWriter {

    /// How long a request sent again is given the same answer, and no new one is worked out.
    static final Duration RESPONSE_RETENTION = Duration.ofHours(24);

    /// Old answers thrown away for each that is kept: more than one, so that they never pile up.
    private static final int RESPONSES_PURGED_MAX = 4;

    /// Stores kept in memory, known or not; the one unused for longest makes room.
    private static final int CACHED_BUSINESSES_MAX = 1_000;

    private final Map<String, Optional<Business>> businesses = new LinkedHashMap<>(16, 0.75f, /* accessOrder= */ true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Business>> eldest) {
            return size() > CACHED_BUSINESSES_MAX;
        }
    };
    private final PreparedStatement findBusiness;
    private final PreparedStatement saveBusiness;
    private final PreparedStatement findPerson;
    private final PreparedStatement savePerson;
    private final PreparedStatement addOffer;
    private final PreparedStatement revoke;
    private final PreparedStatement findResponse;
    private final PreparedStatement saveResponse;
    private final PreparedStatement purgeResponses;
    private final ProductTable products;
    private final DeviceTable devices;
    private final DriverTable drivers;
    final BlobTable blobs;

    private final TrustedClock clock;

    /// The newest time that anything has come with: how old a thing is, is measured against it, unless the clock says
    /// that it is not that late yet.
    private Instant now = Instant.EPOCH;

    private Instant committedNow = Instant.EPOCH;

    SqliteDirectoryWriter(Statements statements, TrustedClock clock) throws SQLException {
        super(statements);
        this.clock = clock;
        findBusiness = statements.prepare(DirectoryRows.BUSINESS);
        saveBusiness = statements.prepare("""
                INSERT INTO business (store, name, keeper, address, latitude, longitude, is_open, notes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (store) DO UPDATE SET name = excluded.name, keeper = excluded.keeper,
                address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
                is_open = excluded.is_open, notes = excluded.notes
                """);
        products = new ProductTable(statements);
        blobs = new BlobTable(statements);
        findPerson = statements.prepare(DirectoryRows.PERSON);
        savePerson = statements.prepare("""
                INSERT INTO person (id, role, name, phone, store, email, locale) VALUES (?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (role, id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
                store = excluded.store, email = excluded.email, locale = excluded.locale
                """);
        drivers = new DriverTable(statements);
        addOffer = statements.prepare("""
                INSERT INTO offer (code, description, discount) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING
                """);
        devices = new DeviceTable(statements);
        revoke = statements.prepare("""
                INSERT INTO revocation (user_id, until) VALUES (?, ?)
                ON CONFLICT (user_id) DO UPDATE SET until = excluded.until WHERE excluded.until > revocation.until
                """);
        findResponse = statements.prepare(
                "SELECT fingerprint, status, body FROM answer WHERE user_id = ? AND request_key = ? AND kept_at >= ?");
        saveResponse = statements.prepare("""
                INSERT INTO answer (user_id, request_key, fingerprint, status, body, kept_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                status = excluded.status, body = excluded.body, kept_at = excluded.kept_at
                """);
        purgeResponses = statements.prepare("""
                DELETE FROM answer WHERE (user_id, request_key) IN
                (SELECT user_id, request_key FROM answer WHERE kept_at < ? ORDER BY kept_at LIMIT ?)
                """);
        observeTime(loadNewestResponseTime(statements));
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return translateErrors(() -> {
            var known = businesses.get(store);
            if (known == null) {
                known = DirectoryRows.findByName(findBusiness, store, DirectoryRows::business);
                businesses.put(store, known);
            }
            return known;
        });
    }

    @Override
    public void save(Business business) {
        businesses.remove(business.store());
        translateErrors(() -> {
            saveBusiness.setString(1, business.store());
            saveBusiness.setString(2, business.name());
            saveBusiness.setString(3, business.ownerOrNone());
            saveBusiness.setString(4, business.address().text());
            var position = business.address().positionOrNone();
            saveBusiness.setObject(5, position == null ? null : position.latitude(), Types.DOUBLE);
            saveBusiness.setObject(6, position == null ? null : position.longitude(), Types.DOUBLE);
            saveBusiness.setBoolean(7, business.isOpen());
            saveBusiness.setString(8, business.address().notesOrNone());
            return saveBusiness.executeUpdate();
        });
    }

    /// Most people are as they were, and then nothing is written.
    @Override
    public void save(Person person) {
        translateErrors(() -> {
            if (DirectoryRows.person(findPerson, person.user())
                    .filter(person::equals)
                    .isPresent()) {
                return 0;
            }
            savePerson.setString(1, person.id());
            savePerson.setString(2, person.role().wireName());
            savePerson.setString(3, person.nameOrNone());
            savePerson.setString(4, person.phoneOrNone());
            savePerson.setString(5, person.storeOrNone());
            savePerson.setString(6, person.emailOrNone());
            savePerson.setString(7, person.localeOrNone());
            return savePerson.executeUpdate();
        });
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return translateErrors(() -> DirectoryRows.person(findPerson, user));
    }

    @Override
    public Optional<Product> findProduct(String store, String id) {
        return translateErrors(() -> products.find(store, id));
    }

    @Override
    public void replaceProducts(String store, List<Product> all) {
        translateErrors(() -> {
            products.replace(store, all);
            return blobs.deleteOfFormerProducts(store);
        });
    }

    @Override
    public void saveProductImage(String store, String product, Blob image) {
        translateErrors(() -> blobs.save(store, product, image));
    }

    @Override
    public boolean deleteProductImage(String store, String product) {
        return translateErrors(() -> blobs.delete(store, product));
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        return translateErrors(() -> drivers.find(driver));
    }

    @Override
    public void save(DriverState driver) {
        translateErrors(() -> drivers.save(driver));
    }

    @Override
    public boolean save(Coupon offer) {
        return translateErrors(() -> {
            addOffer.setString(1, offer.code());
            addOffer.setString(2, offer.description());
            addOffer.setString(3, offer.discountValue().toString());
            return addOffer.executeUpdate() == 1;
        });
    }

    @Override
    public void save(Device device, int perUserMax) {
        translateErrors(() -> devices.save(device, perUserMax));
    }

    @Override
    public boolean hasDevice(UserId user) {
        return translateErrors(() -> devices.existsOf(user));
    }

    @Override
    public boolean hasDeviceOfStore(String store) {
        return translateErrors(() -> devices.existsOfStore(store));
    }

    @Override
    public boolean deleteDevice(UserId user, String token) {
        return translateErrors(() -> devices.delete(user, token));
    }

    @Override
    public void revokeTokens(UserId user, Instant until) {
        translateErrors(() -> {
            revoke.setString(1, user.toString());
            revoke.setLong(2, until.toEpochMilli());
            return revoke.executeUpdate();
        });
    }

    /// One that an earlier batch has stored.
    final Optional<StoredResponse> findStoredResponse(UserId user, String key) {
        return translateErrors(() -> {
            findResponse.setString(2, key);
            findResponse.setLong(3, outdatedResponsesMs());
            return DirectoryRows.findByName(
                    findResponse,
                    user.toString(),
                    row -> new StoredResponse(
                            row.getString(1), row.getInt(2), ResponseBodyCodec.decode(row.getBytes(3))));
        });
    }

    final void save(UserId user, String key, StoredResponse answer, Instant at) {
        translateErrors(() -> {
            saveResponse.setString(1, user.toString());
            saveResponse.setString(2, key);
            saveResponse.setString(3, answer.fingerprint());
            saveResponse.setInt(4, answer.status());
            observeTime(at);
            saveResponse.setBytes(5, ResponseBodyCodec.encode(answer.body()));
            saveResponse.setLong(6, (at.isAfter(now()) ? now() : at).toEpochMilli());
            saveResponse.executeUpdate();
            purgeResponses.setLong(1, outdatedResponsesMs());
            purgeResponses.setInt(2, RESPONSES_PURGED_MAX);
            return purgeResponses.executeUpdate();
        });
    }

    /// Never later than the clock: what seems to come from the future makes nothing old.
    final Instant now() {
        var latest = clock.now();
        return now.isAfter(latest) ? latest : now;
    }

    final Instant trustedNow() {
        return clock.now();
    }

    final void commitNewestTime() {
        committedNow = now;
    }

    /// The transaction was rolled back.
    final void rollbackDirectory() {
        now = committedNow;
        businesses.clear();
    }

    final void observeTime(Instant at) {
        if (at.isAfter(now)) {
            now = at;
        }
    }

    /// Answers kept before this are not given any more.
    private long outdatedResponsesMs() {
        return now().minus(RESPONSE_RETENTION).toEpochMilli();
    }

    private static Instant loadNewestResponseTime(Statements statements) throws SQLException {
        var newest = statements.prepare("SELECT coalesce(max(kept_at), 0) FROM answer");
        try (var rows = newest.executeQuery()) {
            return Instant.ofEpochMilli(rows.getLong(1));
        }
    }
}
