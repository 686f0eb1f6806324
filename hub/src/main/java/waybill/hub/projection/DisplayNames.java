package waybill.hub.projection;

import java.util.Optional;
import waybill.directory.Person;

/// Names of the drivers and stores in an event, for display by clients.
public interface DisplayNames {

    /// Without any name.
    DisplayNames NONE = new DisplayNames() {
        @Override
        public Optional<Person> driver(String id) {
            return Optional.empty();
        }

        @Override
        public Optional<String> store(String id) {
            return Optional.empty();
        }
    };

    Optional<Person> driver(String id);

    Optional<String> store(String id);
}
