package waybill.messaging;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;

/// The events to read: the messages of some recipients, with a store's part of the log, or all of it.
public record EventScope(
        List<Recipient> recipients, @Nullable String storeOrNone, boolean includesAll) {

    public EventScope {
        recipients = List.copyOf(recipients);
    }

    public static EventScope of(Principal principal) {
        return new EventScope(
                List.of(
                        new Recipient.User(principal.user()),
                        new Recipient.RoleMembers(principal.role()),
                        new Recipient.AllUsers()),
                principal.storeOrNone(),
                principal.role() == Role.ADMIN || principal.role() == Role.SUPPORT);
    }

    /// The events addressed to this user alone.
    public static EventScope ofUserOnly(Principal principal) {
        return new EventScope(of(principal).recipients().subList(0, 1), null, false);
    }

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }
}
