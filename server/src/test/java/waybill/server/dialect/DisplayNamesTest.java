package waybill.server.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.directory.Person;
import waybill.hub.projection.DisplayNames;
import waybill.journal.LogEntry;
import waybill.server.dialect.marketplace.MarketplaceDialect;
import waybill.server.dialect.realtime.RealtimeDialect;
import waybill.server.dialect.storefront.StorefrontDialect;

/// The names of the store and of the driver of an order, as clients of every dialect receive them.
class DisplayNamesTest {

    private static final DisplayNames NAMES = new DisplayNames() {
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
    void theCustomerReceivesAnEarlyAssignment() {
        DIALECTS.forEach((dialect, words) -> {
            var customer = dialect.rooms(new Principal("jane", Role.CUSTOMER, null, null, null));
            assertThat(dialect.render(entry("assigned-early")))
                    .filteredOn(outgoing -> outgoing.reaches(customer))
                    .singleElement()
                    .satisfies(outgoing -> assertThat(outgoing.event()).isEqualTo(words.getFirst()))
                    .satisfies(outgoing -> assertThat(outgoing.json()).contains("Kari Nordmann", "preparing"));
        });
    }

    private static String status(Dialect dialect, String entry, List<String> words) {
        return dialect.render(entry(entry)).stream()
                .filter(outgoing -> outgoing.event().equals(words.getFirst()))
                .findFirst()
                .orElseThrow()
                .json();
    }

    private static LogEntry entry(String name) {
        return Optional.ofNullable(SampleEntries.all().get(name)).orElseThrow();
    }
}
