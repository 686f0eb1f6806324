package waybill.mailbox;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;

/// Whose news is read: some recipients' letters, with a store's part of the log, or all of it.
public record Reader(List<Recipient> recipients, @Nullable String storeOrNone, boolean readsAll) {

    public Reader {
        recipients = List.copyOf(recipients);
    }

    public static Reader of(Principal principal) {
        return new Reader(
                List.of(
                        new Recipient.User(principal.user()),
                        new Recipient.Everybody(principal.role()),
                        new Recipient.Anybody()),
                principal.storeOrNone(),
                principal.role() == Role.ADMIN || principal.role() == Role.SUPPORT);
    }

    /// What is addressed to a user alone.
    public static Reader ofMailbox(Principal principal) {
        return new Reader(of(principal).recipients().subList(0, 1), null, false);
    }

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }
}
