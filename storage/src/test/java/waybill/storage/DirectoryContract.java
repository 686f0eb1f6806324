package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.NOON;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.directory.Answer;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Offer;
import waybill.directory.Person;
import waybill.directory.Register;
import waybill.geo.Address;
import waybill.geo.Position;

/// What [Register] keeps, [waybill.directory.Directory] reads.
interface DirectoryContract extends StorePorts {

    Answer ANSWER = new Answer("POST /orders 17", 201, "{\"id\":\"ø\"}");

    @Test
    default void aStoreIsAsItLastDescribedItself() {
        var first = new Business(ACME, "Acme", "eva", new Address("Storgata 1", new Position(59.9, -10.7)), true);
        var second = new Business(ACME, "Acme & Sons", null, new Address("", null), false);
        assertThat(directory().business(ACME)).isEmpty();
        keep(register -> register.keep(first));
        assertThat(directory().business(ACME)).contains(first);
        keep(register -> register.keep(second));
        assertThat(directory().business(ACME)).contains(second);
        keep(register -> assertThat(register.findBusiness(ACME)).contains(second));
        assertThat(directory().business(FLOWERS)).isEmpty();
    }

    @Test
    default void aPersonIsAsTheirLastTokenHadThem() {
        var before = new Person("nils", Role.CUSTOMER, "Nils", null);
        var after = new Person("nils", Role.SUPPORT, null, "+47");
        keep(register -> register.keep(before));
        keep(register -> register.keep(before));
        assertThat(directory().person("nils")).contains(before);
        keep(register -> register.keep(after));
        assertThat(directory().person("nils")).contains(after);
        assertThat(directory().person("eva")).isEmpty();
    }

    @Test
    default void driversAreListedByTheirIdsInPages() {
        var ola = new DriverState("ola", DriverStatus.AVAILABLE, NOON);
        var kari = new DriverState("kari", DriverStatus.OFFLINE, NOON.plusMillis(1));
        keep(register -> {
            register.keep(ola);
            register.keep(new DriverState("kari", DriverStatus.BUSY, NOON));
            register.keep(kari);
        });
        assertThat(directory().drivers("", 10)).containsExactly(kari, ola);
        assertThat(directory().drivers("", 1)).containsExactly(kari);
        assertThat(directory().drivers("kari", 10)).containsExactly(ola);
        assertThat(directory().driver("kari")).contains(kari);
        assertThat(directory().driver("nobody")).isEmpty();
        keep(register -> assertThat(register.findDriver("ola")).contains(ola));
    }

    @Test
    default void anOfferStaysAsItWasFirstMade() {
        keep(register -> {
            assertThat(register.keep(new Offer("TEN", "Ten off", BigDecimal.TEN)))
                    .isTrue();
            assertThat(register.keep(new Offer("TEN", "Eleven off", BigDecimal.ONE)))
                    .isFalse();
        });
    }

    @Test
    default void aUserHasSoManyDevicesAndTheOldestGoes() {
        var phone = new Device("t1", "nils", "android", NOON);
        var tablet = new Device("t2", "nils", "ios", NOON.plusSeconds(1));
        var watch = new Device("t3", "nils", "ios", NOON.plusSeconds(2));
        keep(register -> {
            register.keep(phone, 2);
            register.keep(tablet, 2);
            register.keep(new Device("t4", "eva", "web", NOON), 2);
        });
        assertThat(directory().devices("nils", 10)).containsExactly(phone, tablet);
        assertThat(directory().devices("nils", 1)).containsExactly(phone);
        keep(register -> register.keep(watch, 2));
        assertThat(directory().devices("nils", 10)).containsExactly(tablet, watch);
        assertThat(directory().devices("eva", 10)).hasSize(1);
    }

    @Test
    default void aDeviceBelongsToWhomeverHasItNow() {
        keep(register -> register.keep(new Device("t1", "nils", "android", NOON), 2));
        var hers = new Device("t1", "eva", "android", NOON.plusSeconds(1));
        keep(register -> register.keep(hers, 2));
        assertThat(directory().devices("nils", 10)).isEmpty();
        assertThat(directory().devices("eva", 10)).containsExactly(hers);
        keep(register -> {
            assertThat(register.forgetDevice("nils", "t1")).isFalse();
            assertThat(register.forgetDevice("eva", "t1")).isTrue();
            assertThat(register.forgetDevice("eva", "t1")).isFalse();
        });
        assertThat(directory().devices("eva", 10)).isEmpty();
    }

    @Test
    default void aRevocationIsNeverTakenBack() {
        keep(register -> register.revoke("nils", NOON));
        keep(register -> register.revoke("nils", NOON.minusSeconds(1)));
        keep(register -> register.revoke("eva", NOON.minusSeconds(1)));
        keep(register -> register.revoke("eva", NOON));
        assertThat(directory().revocations()).containsOnlyKeys("nils", "eva").containsValue(NOON);
        assertThat(directory().revocations().values()).containsOnly(NOON);
    }

    @Test
    default void anAnswerIsThatOfItsUserAndKey() {
        keep(register -> register.keep("nils", "k1", ANSWER, NOON));
        assertThat(answer("nils", "k1")).contains(ANSWER);
        assertThat(answer("nils", "k2")).isEmpty();
        assertThat(answer("eva", "k1")).isEmpty();
    }

    @Test
    default void anAnswerIsGivenForADay() {
        keep(register -> register.keep("nils", "old", ANSWER, NOON));
        keep(register -> register.keep("nils", "new", ANSWER, NOON.plus(Duration.ofHours(24))));
        assertThat(answer("nils", "old")).contains(ANSWER);
        keep(register -> register.keep("nils", "newer", ANSWER, NOON.plus(Duration.ofHours(25))));
        assertThat(answer("nils", "old")).isEmpty();
        assertThat(answer("nils", "new")).contains(ANSWER);
        var again = new Answer("GET", 200, "");
        keep(register -> register.keep("nils", "old", again, NOON.plus(Duration.ofHours(25))));
        assertThat(answer("nils", "old")).contains(again);
    }

    /// The time that the failed work came with does not count either: nothing grows old by it.
    @Test
    default void nothingIsKeptOfWorkThatFailed() {
        keep(register -> register.keep("nils", "k1", ANSWER, NOON));
        var bad = journal().<Boolean>submit(ledger -> {
            ledger.keep(Business.unknown(ACME));
            ledger.revoke("nils", NOON);
            ledger.keep("nils", "k2", ANSWER, NOON.plus(Duration.ofDays(365)));
            throw new IllegalArgumentException("a bug");
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(directory().business(ACME)).isEmpty();
        assertThat(directory().revocations()).isEmpty();
        assertThat(answer("nils", "k1")).contains(ANSWER);
        assertThat(answer("nils", "k2")).isEmpty();
    }

    private void keep(Consumer<Register> work) {
        journal()
                .submit(ledger -> {
                    work.accept(ledger);
                    return true;
                })
                .join();
    }

    private Optional<Answer> answer(String user, String key) {
        return journal().submit(ledger -> ledger.answerTo(user, key)).join();
    }
}
