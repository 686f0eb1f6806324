package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.storage.OrderFixture.NOON;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.directory.Business;
import waybill.directory.Coupon;
import waybill.directory.Device;
import waybill.directory.DriverState;
import waybill.directory.DriverStatus;
import waybill.directory.Person;
import waybill.directory.Product;
import waybill.directory.Shift;
import waybill.directory.StoredResponse;
import waybill.directory.Vehicle;
import waybill.geo.Address;
import waybill.geo.Area;
import waybill.geo.Position;

/// What [DirectoryWriter] keeps, [waybill.directory.Directory] reads.
interface DirectoryContract extends StorePorts {

    UserId NILS = new UserId(Role.CUSTOMER, "nils");
    UserId EVA = new UserId(Role.CUSTOMER, "eva");

    /// Another user, whose id in another table happens to be the same.
    UserId DRIVER_NILS = new UserId(Role.DRIVER, "nils");

    StoredResponse RESPONSE = new StoredResponse("POST /orders 17", 201, "{\"id\":\"ø\"}");

    @Test
    default void aStoreHasItsLastDescription() {
        var first = new Business(ACME, "Acme", "eva", new Address("Storgata 1", new Position(59.9, -10.7)), true);
        var second = new Business(ACME, "Acme & Sons", null, new Address("", null, "Ring twice"), false);
        assertThat(directory().findBusiness(ACME)).isEmpty();
        write(register -> register.save(first));
        assertThat(directory().findBusiness(ACME)).contains(first);
        write(register -> register.save(second));
        assertThat(directory().findBusiness(ACME)).contains(second);
        write(register -> assertThat(register.findBusiness(ACME)).contains(second));
        assertThat(directory().findBusiness(FLOWERS)).isEmpty();
    }

    @Test
    default void theCatalogueOfAStoreIsReplacedAsAWhole() {
        var soup = new Product("soup", "Soup", 650, "EUR", true);
        var tea = new Product("tea", "Tea", 250, "EUR", false);
        write(register -> register.replaceProducts(ACME, List.of(tea, soup)));
        write(register -> register.replaceProducts(FLOWERS, List.of(new Product("tea", "Tea rose", 900, "NOK", true))));
        assertThat(directory().listProducts(ACME, "", 10)).containsExactly(soup, tea);
        assertThat(directory().listProducts(ACME, "", 1)).containsExactly(soup);
        assertThat(directory().listProducts(ACME, "soup", 10)).containsExactly(tea);
        write(register -> assertThat(register.findProduct(ACME, "tea")).contains(tea));
        write(register -> register.replaceProducts(ACME, List.of(soup)));
        write(register -> assertThat(register.findProduct(ACME, "tea")).isEmpty());
        assertThat(directory().listProducts(FLOWERS, "", 10)).hasSize(1);
    }

    @Test
    default void aPersonHasTheDataOfTheLastToken() {
        var before = new Person("nils", Role.CUSTOMER, "Nils", null);
        var after = new Person("nils", Role.CUSTOMER, null, "+47");
        write(register -> register.save(before));
        write(register -> register.save(before));
        assertThat(directory().findPerson(NILS)).contains(before);
        write(register -> register.save(after));
        assertThat(directory().findPerson(NILS)).contains(after);
        assertThat(directory().findPerson(EVA)).isEmpty();
    }

    @Test
    default void aDriverAndACustomerOfOneIdAreTwoPeople() {
        var customer = new Person("nils", Role.CUSTOMER, "Nils", "+47 1");
        var driver = new Person("nils", Role.DRIVER, "Nils the driver", null);
        write(register -> {
            register.save(customer);
            register.save(driver);
        });
        assertThat(directory().findPerson(NILS)).contains(customer);
        assertThat(directory().findPerson(DRIVER_NILS)).contains(driver);
        write(register -> {
            assertThat(register.findPerson(NILS)).contains(customer);
            assertThat(register.findPerson(DRIVER_NILS)).contains(driver);
            assertThat(register.findPerson(EVA)).isEmpty();
        });
    }

    @Test
    default void aDriverAndACustomerWithOneIdShareNoData() {
        write(register -> {
            StoredResponses.save(register, NILS, "k1", RESPONSE, NOON);
            register.save(new Device("t1", NILS, "ios", NOON), 1);
            register.save(new Device("t2", DRIVER_NILS, "ios", NOON), 1);
            register.revokeTokens(NILS, NOON);
            assertThat(register.deleteDevice(DRIVER_NILS, "t1")).isFalse();
        });
        assertThat(findResponse(DRIVER_NILS, "k1")).isEmpty();
        assertThat(directory().listDevices(NILS, 10)).hasSize(1);
        assertThat(directory().listDevices(DRIVER_NILS, 10)).hasSize(1);
        assertThat(directory().loadRevocations()).containsOnlyKeys(NILS);
    }

    @Test
    default void driversAreListedByTheirIdsInPages() {
        var ola = new DriverState("ola", DriverStatus.AVAILABLE, NOON);
        var kari = new DriverState("kari", DriverStatus.OFFLINE, NOON.plusMillis(1));
        write(register -> {
            register.save(ola);
            register.save(new DriverState("kari", DriverStatus.BUSY, NOON));
            register.save(kari);
        });
        assertThat(directory().listDrivers("", 10)).containsExactly(kari, ola);
        assertThat(directory().listDrivers("", 1)).containsExactly(kari);
        assertThat(directory().listDrivers("kari", 10)).containsExactly(ola);
        assertThat(directory().findDriver("kari")).contains(kari);
        assertThat(directory().findDriver("unknown")).isEmpty();
        write(register -> assertThat(register.findDriver("ola")).contains(ola));
    }

    @Test
    default void theShiftOfADriverIsReadBack() {
        var corners = List.of(new Position(0.1, 179.5), new Position(-0.2, -179.25), new Position(1e-7, 180));
        var kari = new DriverState(
                "kari",
                DriverStatus.AVAILABLE,
                NOON,
                new Shift(7, Vehicle.VAN, new Area.Polygon(corners), NOON.plusSeconds(60)));
        write(register -> register.save(kari));
        assertThat(directory().findDriver("kari")).contains(kari);

        var changed = new DriverState(
                "kari",
                DriverStatus.OFFLINE,
                NOON.plusMillis(5),
                new Shift(1, Vehicle.FOOT, new Area.Circle(new Position(59.91, 10.75), 2_500.5), null));
        write(register -> {
            register.save(changed);
            assertThat(register.findDriver("kari")).contains(changed);
        });
        assertThat(directory().listDrivers("", 10)).containsExactly(changed);
    }

    @Test
    default void aCouponIsNeverOverwritten() {
        write(register -> {
            assertThat(register.save(new Coupon("TEN", "Ten off", BigDecimal.TEN)))
                    .isTrue();
            assertThat(register.save(new Coupon("TEN", "Eleven off", BigDecimal.ONE)))
                    .isFalse();
        });
    }

    @Test
    default void aStoreHasTheMerchantsWhoseTokensNameIt() {
        var kim = new Person("kim", Role.MERCHANT, "Kim", null, ACME, "kim@acme.example", "de");
        var ada = new Person("ada", Role.MERCHANT, null, null, ACME, null, null);
        var eve = new Person("eve", Role.MERCHANT, null, null, FLOWERS, null, null);
        write(register -> List.of(kim, ada, eve).forEach(register::save));
        assertThat(directory().listMerchants(ACME, 10)).containsExactly(ada, kim);
        assertThat(directory().listMerchants(ACME, 1)).containsExactly(ada);
        write(register -> {
            register.save(new Device("t1", kim.user(), "ios", NOON), 2);
            assertThat(register.hasDevice(kim.user())).isTrue();
            assertThat(register.hasDevice(ada.user())).isFalse();
            assertThat(register.hasDeviceOfStore(ACME)).isTrue();
            assertThat(register.hasDeviceOfStore(FLOWERS)).isFalse();
        });
        var moved = new Person("kim", Role.MERCHANT, "Kim", null, FLOWERS, null, null);
        write(register -> register.save(moved));
        assertThat(directory().findPerson(kim.user())).contains(moved);
        write(register -> assertThat(register.hasDeviceOfStore(ACME)).isFalse());
    }

    @Test
    default void aRevocationNeverMovesBack() {
        write(register -> register.revokeTokens(NILS, NOON));
        write(register -> register.revokeTokens(NILS, NOON.minusSeconds(1)));
        write(register -> register.revokeTokens(EVA, NOON.minusSeconds(1)));
        write(register -> register.revokeTokens(EVA, NOON));
        assertThat(directory().loadRevocations()).containsOnlyKeys(NILS, EVA).containsValue(NOON);
        assertThat(directory().loadRevocations().values()).containsOnly(NOON);
    }

    @Test
    default void aResponseBelongsToItsUserAndKey() {
        write(register -> StoredResponses.save(register, NILS, "k1", RESPONSE, NOON));
        assertThat(findResponse(NILS, "k1")).contains(RESPONSE);
        assertThat(findResponse(NILS, "k2")).isEmpty();
        assertThat(findResponse(EVA, "k1")).isEmpty();
    }

    @Test
    default void aResponseIsStoredForADay() {
        write(register -> StoredResponses.save(register, NILS, "old", RESPONSE, NOON));
        write(register -> StoredResponses.save(register, NILS, "new", RESPONSE, NOON.plus(Duration.ofHours(24))));
        assertThat(findResponse(NILS, "old")).contains(RESPONSE);
        write(register -> StoredResponses.save(register, NILS, "newer", RESPONSE, NOON.plus(Duration.ofHours(25))));
        assertThat(findResponse(NILS, "old")).isEmpty();
        assertThat(findResponse(NILS, "new")).contains(RESPONSE);
        var again = new StoredResponse("GET", 200, "");
        write(register -> StoredResponses.save(register, NILS, "old", again, NOON.plus(Duration.ofHours(25))));
        assertThat(findResponse(NILS, "old")).contains(again);
    }

    /// The time that the failed work came with does not count either: nothing grows old by it.
    @Test
    default void aFailedTaskLeavesNoData() {
        write(register -> StoredResponses.save(register, NILS, "k1", RESPONSE, NOON));
        var bad = journal().<Boolean>submit(ledger -> {
            ledger.save(Business.withDefaults(ACME));
            ledger.revokeTokens(NILS, NOON);
            StoredResponses.save(ledger, NILS, "k2", RESPONSE, NOON.plus(Duration.ofDays(365)));
            throw new IllegalArgumentException("a bug");
        });
        assertThat(bad).failsWithin(Duration.ofSeconds(60));
        assertThat(directory().findBusiness(ACME)).isEmpty();
        assertThat(directory().loadRevocations()).isEmpty();
        assertThat(findResponse(NILS, "k1")).contains(RESPONSE);
        assertThat(findResponse(NILS, "k2")).isEmpty();
    }

    private Optional<StoredResponse> findResponse(UserId user, String key) {
        return StoredResponses.find(journal(), user, key);
    }
}
