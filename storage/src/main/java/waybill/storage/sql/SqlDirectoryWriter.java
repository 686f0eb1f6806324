package waybill.storage.sql;

import static waybill.storage.sql.Statements.translateErrors;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import waybill.access.UserId;
import waybill.blob.Blob;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.journal.PendingResponse;
import waybill.journal.Read;
import waybill.journal.Sequences;
import waybill.journal.UnitOfWork;

/// The part of the books that is not about orders, on the writing connection. Belongs to the journal's thread.
abstract class SqlDirectoryWriter extends SqlTrackerWriter implements UnitOfWork {

    /// How long a request sent again is given the same answer, and no new one is worked out.
    static final Duration RESPONSE_RETENTION = Duration.ofHours(24);

    private final PreparedStatement addOffer;
    private final PreparedStatement revoke;
    private final BusinessTable businesses;
    private final PersonTable people;
    private final ResponseTable responses;
    private final ProductTable products;
    private final DeviceTable devices;
    private final DriverTable drivers;
    final BlobTable blobs;

    private final TrustedClock clock;

    /// The newest time that anything has come with: how old a thing is, is measured against it, unless the clock says
    /// that it is not that late yet.
    private Instant now = Instant.EPOCH;

    private Instant committedNow = Instant.EPOCH;

    SqlDirectoryWriter(Statements statements, TrustedClock clock) throws SQLException {
        super(statements);
        this.clock = clock;
        businesses = new BusinessTable(statements);
        people = new PersonTable(statements);
        responses = new ResponseTable(statements);
        products = new ProductTable(statements);
        blobs = new BlobTable(statements);
        drivers = new DriverTable(statements);
        addOffer = statements.prepare("""
                INSERT INTO offer (code, description, discount) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING
                """);
        devices = new DeviceTable(statements);
        revoke = statements.prepare("""
                INSERT INTO revocation (user_id, until) VALUES (?, ?)
                ON CONFLICT (user_id) DO UPDATE SET until = excluded.until WHERE excluded.until > revocation.until
                """);
        observeTime(loadNewestResponseTime(statements));
    }

    /// Whom the batch may send messages to.
    abstract Contacts contacts();

    final void loadDirectory(Set<Read> reads) {
        translateErrors(() -> {
            businesses.load(reads);
            people.load(reads);
            products.load(reads);
            drivers.load(reads);
            responses.load(reads);
            devices.clearCache();
            return true;
        });
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return translateErrors(() -> businesses.find(store));
    }

    @Override
    public void save(Business business) {
        translateErrors(() -> businesses.save(business));
    }

    @Override
    public void save(Person person) {
        translateErrors(() -> {
            var before = people.find(person.user(), contacts());
            before.map(Person::storeOrNone).ifPresent(devices::forgetStore);
            Optional.ofNullable(person.storeOrNone()).ifPresent(devices::forgetStore);
            people.save(person);
            return true;
        });
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return translateErrors(() -> people.find(user, contacts()));
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
        products.clearCache();
        translateErrors(() -> blobs.save(store, product, image));
    }

    @Override
    public boolean deleteProductImage(String store, String product) {
        products.clearCache();
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
        return translateErrors(() -> devices.existsOf(user, contacts()));
    }

    @Override
    public boolean hasDeviceOfStore(String store) {
        return translateErrors(() -> {
            people.flush(store);
            return devices.existsOfStore(store, contacts());
        });
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

    @Override
    public Optional<PendingResponse> findResponse(UserId user, String key) {
        return translateErrors(() -> responses.find(user, key, outdatedResponsesMs()));
    }

    @Override
    public void save(UserId user, String key, PendingResponse response, Instant at) {
        observeTime(at);
        responses.add(user, key, response, at);
    }

    final void flushDirectory(Sequences sequences) {
        translateErrors(() -> {
            people.flush();
            responses.flush(sequences, now(), outdatedResponsesMs());
            return true;
        });
    }

    /// The transaction was committed.
    final void endDirectoryBatch() throws SQLException {
        committedNow = now;
        responses.clear();
    }

    /// Never later than the clock: what seems to come from the future makes nothing old.
    final Instant now() {
        var latest = clock.now();
        return now.isAfter(latest) ? latest : now;
    }

    final Instant trustedNow() {
        return clock.now();
    }

    /// The transaction was rolled back.
    final void rollbackDirectory() throws SQLException {
        now = committedNow;
        businesses.clearCache();
        people.clearCache();
        products.clearCache();
        drivers.clearCache();
        devices.clearCache();
        responses.clear();
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
            return Instant.ofEpochMilli(rows.next() ? rows.getLong(1) : 0);
        }
    }
}
