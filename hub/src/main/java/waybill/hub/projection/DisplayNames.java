package waybill.hub.projection;

import java.util.Optional;
import waybill.directory.Person;

/// What the hub knows of the people and stores that an event is about, for what clients are shown of them.
public interface DisplayNames {

    /// Knows none.
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

    /// What a store is called.
    Optional<String> store(String id);
}
