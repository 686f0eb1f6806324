package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.Parcels.NOON;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Answer;
import waybill.directory.Business;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Offer;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Register;
import waybill.geo.Address;
import waybill.geo.Position;

/// What [Register] keeps, [waybill.directory.Directory] reads.
interface DirectoryContract extends StorePorts {

    UserId NILS = new UserId(Role.CUSTOMER, "nils");
    UserId EVA = new UserId(Role.CUSTOMER, "eva");

    /// Somebody else, whose id in another table happens to be the same.
    UserId DRIVER_NILS = new UserId(Role.DRIVER, "nils");

    Answer ANSWER = new Answer("POST /orders 17", 201, "{\"id\":\"ø\"}");

    @Test
    default void aStoreIsAsItLastDescribedItself() {
        var first = new Business(ACME, "Acme", "eva", new Address("Storgata 1", new Position(59.9, -10.7)), true);
        var second = new Business(ACME, "Acme & Sons", null, new Address("", null, "Ring twice"), false);
        assertThat(directory().business(ACME)).isEmpty();
        keep(register -> register.keep(first));
        assertThat(directory().business(ACME)).contains(first);
        keep(register -> register.keep(second));
        assertThat(directory().business(ACME)).contains(second);
        keep(register -> assertThat(register.findBusiness(ACME)).contains(second));
        assertThat(directory().business(FLOWERS)).isEmpty();
    }

    @Test
    default void theCatalogueOfAStoreIsReplacedAsAWhole() {
        var soup = new Product("soup", "Soup", 650, "EUR", true);
        var tea = new Product("tea", "Tea", 250, "EUR", false);
        keep(register -> register.replaceProducts(ACME, List.of(tea, soup)));
        keep(register -> register.replaceProducts(FLOWERS, List.of(new Product("tea", "Tea rose", 900, "NOK", true))));
        assertThat(directory().products(ACME, "", 10)).containsExactly(soup, tea);
        assertThat(directory().products(ACME, "", 1)).containsExactly(soup);
        assertThat(directory().products(ACME, "soup", 10)).containsExactly(tea);
        keep(register -> assertThat(register.findProduct(ACME, "tea")).contains(tea));
        keep(register -> register.replaceProducts(ACME, List.of(soup)));
        keep(register -> assertThat(register.findProduct(ACME, "tea")).isEmpty());
        assertThat(directory().products(FLOWERS, "", 10)).hasSize(1);
    }

    @Test
    default void aPersonIsAsTheirLastTokenHadThem() {
        var before = new Person("nils", Role.CUSTOMER, "Nils", null);
        var after = new Person("nils", Role.CUSTOMER, null, "+47");
        keep(register -> register.keep(before));
        keep(register -> register.keep(before));
        assertThat(directory().person(NILS)).contains(before);
        keep(register -> register.keep(after));
        assertThat(directory().person(NILS)).contains(after);
        assertThat(directory().person(EVA)).isEmpty();
    }

    @Test
    default void aDriverAndACustomerOfOneIdAreTwoPeople() {
        var customer = new Person("nils", Role.CUSTOMER, "Nils", "+47 1");
        var driver = new Person("nils", Role.DRIVER, "Nils the driver", null);
        keep(register -> {
            register.keep(customer);
            register.keep(driver);
        });
        assertThat(directory().person(NILS)).contains(customer);
        assertThat(directory().person(DRIVER_NILS)).contains(driver);
        keep(register -> {
            assertThat(register.findPerson(NILS)).contains(customer);
            assertThat(register.findPerson(DRIVER_NILS)).contains(driver);
            assertThat(register.findPerson(EVA)).isEmpty();
        });
    }

    @Test
    default void aDriverAndACustomerOfOneIdHaveNothingInCommon() {
        keep(register -> {
            register.keep(NILS, "k1", ANSWER, NOON);
            register.keep(new Device("t1", NILS, "ios", NOON), 1);
            register.keep(new Device("t2", DRIVER_NILS, "ios", NOON), 1);
            register.revoke(NILS, NOON);
            assertThat(register.forgetDevice(DRIVER_NILS, "t1")).isFalse();
        });
        assertThat(answer(DRIVER_NILS, "k1")).isEmpty();
        assertThat(directory().devices(NILS, 10)).hasSize(1);
        assertThat(directory().devices(DRIVER_NILS, 10)).hasSize(1);
        assertThat(directory().revocations()).containsOnlyKeys(NILS);
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
        var phone = new Device("t1", NILS, "android", NOON);
        var tablet = new Device("t2", NILS, "ios", NOON.plusSeconds(1));
        var watch = new Device("t3", NILS, "ios", NOON.plusSeconds(2));
        keep(register -> {
            register.keep(phone, 2);
            register.keep(tablet, 2);
            register.keep(new Device("t4", EVA, "web", NOON), 2);
        });
        assertThat(directory().devices(NILS, 10)).containsExactly(phone, tablet);
        assertThat(directory().devices(NILS, 1)).containsExactly(phone);
        keep(register -> register.keep(watch, 2));
        assertThat(directory().devices(NILS, 10)).containsExactly(tablet, watch);
        assertThat(directory().devices(EVA, 10)).hasSize(1);
    }

    @Test
    default void aDeviceBelongsToWhomeverHasItNow() {
        keep(register -> register.keep(new Device("t1", NILS, "android", NOON), 2));
        var hers = new Device("t1", EVA, "android", NOON.plusSeconds(1));
        keep(register -> register.keep(hers, 2));
        assertThat(directory().devices(NILS, 10)).isEmpty();
        assertThat(directory().devices(EVA, 10)).containsExactly(hers);
        keep(register -> {
            assertThat(register.forgetDevice(NILS, "t1")).isFalse();
            assertThat(register.forgetDevice(EVA, "t1")).isTrue();
            assertThat(register.forgetDevice(EVA, "t1")).isFalse();
        });
        assertThat(directory().devices(EVA, 10)).isEmpty();
    }

    @Test
    default void aRevocationIsNeverTakenBack() {
        keep(register -> register.revoke(NILS, NOON));
        keep(register -> register.revoke(NILS, NOON.minusSeconds(1)));
        keep(register -> register.revoke(EVA, NOON.minusSeconds(1)));
        keep(register -> register.revoke(EVA, NOON));
        assertThat(directory().revocations()).containsOnlyKeys(NILS, EVA).containsValue(NOON);
        assertThat(directory().revocations().values()).containsOnly(NOON);
    }

    @Test
    default void anAnswerIsThatOfItsUserAndKey() {
        keep(register -> register.keep(NILS, "k1", ANSWER, NOON));
        assertThat(answer(NILS, "k1")).contains(ANSWER);
        assertThat(answer(NILS, "k2")).isEmpty();
        assertThat(answer(EVA, "k1")).isEmpty();
    }

    @Test
    default void anAnswerIsGivenForADay() {
        keep(register -> register.keep(NILS, "old", ANSWER, NOON));
        keep(register -> register.keep(NILS, "new", ANSWER, NOON.plus(Duration.ofHours(24))));
        assertThat(answer(NILS, "old")).contains(ANSWER);
        keep(register -> register.keep(NILS, "newer", ANSWER, NOON.plus(Duration.ofHours(25))));
        assertThat(answer(NILS, "old")).isEmpty();
        assertThat(answer(NILS, "new")).contains(ANSWER);
        var again = new Answer("GET", 200, "");
        keep(register -> register.keep(NILS, "old", again, NOON.plus(Duration.ofHours(25))));
        assertThat(answer(NILS, "old")).contains(again);
    }

    /// The time that the failed work came with does not count either: nothing grows old by it.
    @Test
    default void nothingIsKeptOfWorkThatFailed() {
        keep(register -> register.keep(NILS, "k1", ANSWER, NOON));
        var bad = journal().<Boolean>submit(ledger -> {
            ledger.keep(Business.unknown(ACME));
            ledger.revoke(NILS, NOON);
            ledger.keep(NILS, "k2", ANSWER, NOON.plus(Duration.ofDays(365)));
            throw new IllegalArgumentException("a bug");
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(directory().business(ACME)).isEmpty();
        assertThat(directory().revocations()).isEmpty();
        assertThat(answer(NILS, "k1")).contains(ANSWER);
        assertThat(answer(NILS, "k2")).isEmpty();
    }

    private void keep(Consumer<Register> work) {
        journal()
                .submit(ledger -> {
                    work.accept(ledger);
                    return true;
                })
                .join();
    }

    private Optional<Answer> answer(UserId user, String key) {
        return journal().submit(ledger -> ledger.answerTo(user, key)).join();
    }
}
