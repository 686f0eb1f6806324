package waybill.storage;

import static waybill.storage.Statements.asked;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.access.UserId;
import waybill.directory.Answer;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.Offer;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Register;

/// The part of the books that is not about orders, on the writing connection. Belongs to the journal's thread.
class SqliteRegister implements Register {

    /// More devices than any user is ever allowed, for the sake of a query that must have a limit.
    private static final int DEVICES_MAX = 10_000;

    /// How long a request sent again is given the same answer, and no new one is worked out.
    static final Duration ANSWERS_KEPT_FOR = Duration.ofHours(24);

    /// Old answers thrown away for each that is kept: more than one, so that they never pile up.
    private static final int ANSWERS_TRIMMED = 4;

    private final PreparedStatement findBusiness;
    private final PreparedStatement keepBusiness;
    private final PreparedStatement findPerson;
    private final PreparedStatement keepPerson;
    private final PreparedStatement findDriver;
    private final PreparedStatement keepDriver;
    private final PreparedStatement addOffer;
    private final PreparedStatement keepDevice;
    private final PreparedStatement dropOldDevices;
    private final PreparedStatement forgetDevice;
    private final PreparedStatement revoke;
    private final PreparedStatement findAnswer;
    private final PreparedStatement keepAnswer;
    private final PreparedStatement trimAnswers;
    private final ProductTable products;

    private final TrustedClock clock;

    /// The newest time that anything has come with: how old a thing is, is measured against it, unless the clock says
    /// that
    /// it is not that late yet.
    private Instant now = Instant.EPOCH;

    private Instant committedNow = Instant.EPOCH;

    SqliteRegister(Statements statements, TrustedClock clock) throws SQLException {
        this.clock = clock;
        findBusiness = statements.prepare(DirectoryRows.BUSINESS);
        keepBusiness = statements.prepare("""
                INSERT INTO business (store, name, keeper, address, latitude, longitude, is_open, notes)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT (store) DO UPDATE SET name = excluded.name, keeper = excluded.keeper,
                address = excluded.address, latitude = excluded.latitude, longitude = excluded.longitude,
                is_open = excluded.is_open, notes = excluded.notes
                """);
        products = new ProductTable(statements);
        findPerson = statements.prepare(DirectoryRows.PERSON);
        keepPerson = statements.prepare("""
                INSERT INTO person (id, role, name, phone) VALUES (?, ?, ?, ?)
                ON CONFLICT (role, id) DO UPDATE SET name = excluded.name, phone = excluded.phone
                """);
        findDriver = statements.prepare(DirectoryRows.DRIVER + "WHERE driver = ?");
        keepDriver = statements.prepare("""
                INSERT INTO driver_state (driver, status, since) VALUES (?, ?, ?)
                ON CONFLICT (driver) DO UPDATE SET status = excluded.status, since = excluded.since
                """);
        addOffer = statements.prepare("""
                INSERT INTO offer (code, description, discount) VALUES (?, ?, ?) ON CONFLICT (code) DO NOTHING
                """);
        keepDevice = statements.prepare("""
                INSERT INTO device (token, user_id, platform, registered_at) VALUES (?, ?, ?, ?)
                ON CONFLICT (token) DO UPDATE SET user_id = excluded.user_id, platform = excluded.platform,
                registered_at = excluded.registered_at
                """);
        dropOldDevices = statements.prepare("""
                DELETE FROM device WHERE token IN (SELECT token FROM device WHERE user_id = ?
                ORDER BY registered_at DESC, token LIMIT ? OFFSET ?)
                """);
        forgetDevice = statements.prepare("DELETE FROM device WHERE user_id = ? AND token = ?");
        revoke = statements.prepare("""
                INSERT INTO revocation (user_id, until) VALUES (?, ?)
                ON CONFLICT (user_id) DO UPDATE SET until = excluded.until WHERE excluded.until > revocation.until
                """);
        findAnswer = statements.prepare(
                "SELECT fingerprint, status, body FROM answer WHERE user_id = ? AND request_key = ? AND kept_at >= ?");
        keepAnswer = statements.prepare("""
                INSERT INTO answer (user_id, request_key, fingerprint, status, body, kept_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                status = excluded.status, body = excluded.body, kept_at = excluded.kept_at
                """);
        trimAnswers = statements.prepare("""
                DELETE FROM answer WHERE (user_id, request_key) IN
                (SELECT user_id, request_key FROM answer WHERE kept_at < ? ORDER BY kept_at LIMIT ?)
                """);
        noteTime(newestAnswer(statements));
    }

    @Override
    public Optional<Business> findBusiness(String store) {
        return asked(() -> DirectoryRows.named(findBusiness, store, DirectoryRows::business));
    }

    @Override
    public void keep(Business business) {
        asked(() -> {
            keepBusiness.setString(1, business.store());
            keepBusiness.setString(2, business.name());
            keepBusiness.setString(3, business.keeperOrNone());
            keepBusiness.setString(4, business.address().text());
            var position = business.address().positionOrNone();
            keepBusiness.setObject(5, position == null ? null : position.latitude(), Types.DOUBLE);
            keepBusiness.setObject(6, position == null ? null : position.longitude(), Types.DOUBLE);
            keepBusiness.setBoolean(7, business.isOpen());
            keepBusiness.setString(8, business.address().notesOrNone());
            return keepBusiness.executeUpdate();
        });
    }

    /// Most people are as they were, and then nothing is written.
    @Override
    public void keep(Person person) {
        asked(() -> {
            if (DirectoryRows.person(findPerson, person.user())
                    .filter(person::equals)
                    .isPresent()) {
                return 0;
            }
            keepPerson.setString(1, person.id());
            keepPerson.setString(2, person.role().word());
            keepPerson.setString(3, person.nameOrNone());
            keepPerson.setString(4, person.phoneOrNone());
            return keepPerson.executeUpdate();
        });
    }

    @Override
    public Optional<Person> findPerson(UserId user) {
        return asked(() -> DirectoryRows.person(findPerson, user));
    }

    @Override
    public Optional<Product> findProduct(String store, String id) {
        return asked(() -> products.find(store, id));
    }

    @Override
    public void replaceProducts(String store, List<Product> all) {
        asked(() -> {
            products.replace(store, all);
            return all.size();
        });
    }

    @Override
    public Optional<DriverState> findDriver(String driver) {
        return asked(() -> DirectoryRows.named(findDriver, driver, DirectoryRows::driver));
    }

    @Override
    public void keep(DriverState driver) {
        asked(() -> {
            keepDriver.setString(1, driver.driver());
            keepDriver.setString(2, driver.status().word());
            keepDriver.setLong(3, driver.since().toEpochMilli());
            return keepDriver.executeUpdate();
        });
    }

    @Override
    public boolean keep(Offer offer) {
        return asked(() -> {
            addOffer.setString(1, offer.code());
            addOffer.setString(2, offer.description());
            addOffer.setString(3, offer.discountValue().toString());
            return addOffer.executeUpdate() == 1;
        });
    }

    @Override
    public void keep(Device device, int perUserMax) {
        asked(() -> {
            keepDevice.setString(1, device.token());
            keepDevice.setString(2, device.user().toString());
            keepDevice.setString(3, device.platform());
            keepDevice.setLong(4, device.registeredAt().toEpochMilli());
            keepDevice.executeUpdate();
            dropOldDevices.setString(1, device.user().toString());
            dropOldDevices.setInt(2, DEVICES_MAX);
            dropOldDevices.setInt(3, perUserMax);
            return dropOldDevices.executeUpdate();
        });
    }

    @Override
    public boolean forgetDevice(UserId user, String token) {
        return asked(() -> {
            forgetDevice.setString(1, user.toString());
            forgetDevice.setString(2, token);
            return forgetDevice.executeUpdate() == 1;
        });
    }

    @Override
    public void revoke(UserId user, Instant until) {
        asked(() -> {
            revoke.setString(1, user.toString());
            revoke.setLong(2, until.toEpochMilli());
            return revoke.executeUpdate();
        });
    }

    @Override
    public Optional<Answer> answerTo(UserId user, String key) {
        return asked(() -> {
            findAnswer.setString(2, key);
            findAnswer.setLong(3, outdatedAnswers());
            return DirectoryRows.named(
                    findAnswer,
                    user.toString(),
                    row -> new Answer(row.getString(1), row.getInt(2), AnswerBody.read(row.getBytes(3))));
        });
    }

    @Override
    public void keep(UserId user, String key, Answer answer, Instant at) {
        asked(() -> {
            keepAnswer.setString(1, user.toString());
            keepAnswer.setString(2, key);
            keepAnswer.setString(3, answer.fingerprint());
            keepAnswer.setInt(4, answer.status());
            noteTime(at);
            keepAnswer.setBytes(5, AnswerBody.write(answer.body()));
            keepAnswer.setLong(6, (at.isAfter(now()) ? now() : at).toEpochMilli());
            keepAnswer.executeUpdate();
            trimAnswers.setLong(1, outdatedAnswers());
            trimAnswers.setInt(2, ANSWERS_TRIMMED);
            return trimAnswers.executeUpdate();
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

    final void commitTime() {
        committedNow = now;
    }

    final void rollBackTime() {
        now = committedNow;
    }

    final void noteTime(Instant at) {
        if (at.isAfter(now)) {
            now = at;
        }
    }

    /// Answers kept before this are not given any more.
    private long outdatedAnswers() {
        return now().minus(ANSWERS_KEPT_FOR).toEpochMilli();
    }

    private static Instant newestAnswer(Statements statements) throws SQLException {
        var newest = statements.prepare("SELECT coalesce(max(kept_at), 0) FROM answer");
        try (var rows = newest.executeQuery()) {
            return Instant.ofEpochMilli(rows.getLong(1));
        }
    }
}
