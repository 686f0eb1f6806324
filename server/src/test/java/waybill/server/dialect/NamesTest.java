package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.Person;
import waybill.order.LogEntry;

/// Who accepted an order and who brings it, as clients hear of it in every dialect.
class NamesTest {

    private static final Names NAMES = new Names() {
        @Override
        public Optional<Person> driver(String id) {
            return Optional.of(new Person(id, Role.DRIVER, "Kari Nordmann", "+47 2"));
        }

        @Override
        public Optional<String> store(String id) {
            return Optional.of("Chef Mia");
        }
    };

    private static final Map<Dialect, List<String>> DIALECTS = Map.of(
            new RealtimeDialect(NAMES), List.of("order:status_update", "chefName", "driverName", "driverPhone"),
            new MarketplaceDialect(NAMES), List.of("order:status_update", "chef_name", "driver_name", "driver_phone"),
            new StorefrontDialect(NAMES), List.of("order:status:update", "chefName", "driverName", "driverPhone"));

    @Test
    void anAcceptedOrderNamesItsStore() {
        DIALECTS.forEach((dialect, words) ->
                assertThat(status(dialect, "moved-accepted", words)).contains("\"" + words.get(1) + "\":\"Chef Mia\""));
    }

    @Test
    void anOrderThatIsCarriedNamesItsDriver() {
        DIALECTS.forEach((dialect, words) -> assertThat(status(dialect, "moved-picked_up", words))
                .contains("\"" + words.get(2) + "\":\"Kari Nordmann\",\"" + words.get(3) + "\":\"+47 2\""));
    }

    @Test
    void theCustomerHearsOfADriverThatIsAssignedBeforeTheOrderIsReady() {
        DIALECTS.forEach((dialect, words) -> {
            var customer = dialect.rooms(new Principal("jane", Role.CUSTOMER, null, null, null));
            assertThat(dialect.tell(entry("assigned-early")))
                    .filteredOn(said -> said.reaches(customer))
                    .singleElement()
                    .satisfies(said -> assertThat(said.event()).isEqualTo(words.getFirst()))
                    .satisfies(said -> assertThat(said.json()).contains("Kari Nordmann", "preparing"));
        });
    }

    private static String status(Dialect dialect, String entry, List<String> words) {
        return dialect.tell(entry(entry)).stream()
                .filter(said -> said.event().equals(words.getFirst()))
                .findFirst()
                .orElseThrow()
                .json();
    }

    private static LogEntry entry(String name) {
        return Optional.ofNullable(Entries.all().get(name)).orElseThrow();
    }
}
