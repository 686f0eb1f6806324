package waybill.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.access.UserId;

/// A user as described by the user's last token.
///
/// @param storeOrNone the store of a merchant
/// @param localeOrNone the language of messages to the user
public record Person(
        String id,
        Role role,
        @Nullable String nameOrNone,
        @Nullable String phoneOrNone,
        @Nullable String storeOrNone,
        @Nullable String emailOrNone,
        @Nullable String localeOrNone) {

    /// A user whose token says no more.
    public Person(String id, Role role, @Nullable String nameOrNone, @Nullable String phoneOrNone) {
        this(id, role, nameOrNone, phoneOrNone, null, null, null);
    }

    public static Person of(Principal principal) {
        return new Person(
                principal.id(),
                principal.role(),
                principal.nameOrNone(),
                principal.phoneOrNone(),
                principal.storeOrNone(),
                principal.emailOrNone(),
                principal.localeOrNone());
    }

    public UserId user() {
        return new UserId(role, id);
    }

    public Optional<String> name() {
        return Optional.ofNullable(nameOrNone);
    }

    public Optional<String> phone() {
        return Optional.ofNullable(phoneOrNone);
    }

    public Optional<String> email() {
        return Optional.ofNullable(emailOrNone);
    }

    public Optional<String> locale() {
        return Optional.ofNullable(localeOrNone);
    }
}
