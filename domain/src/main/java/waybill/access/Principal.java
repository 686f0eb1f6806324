package waybill.access;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An authenticated user.
///
/// @param id the subject of the token
/// @param storeOrNone the store that a merchant acts for; other roles have none
/// @param localeOrNone the language that the user reads, such as `de` or `pt-BR`
public record Principal(
        String id,
        Role role,
        @Nullable String nameOrNone,
        @Nullable String phoneOrNone,
        @Nullable String storeOrNone,
        @Nullable String emailOrNone,
        @Nullable String localeOrNone) {

    /// A user without an address for e-mail, and with no language of its own.
    public Principal(
            String id,
            Role role,
            @Nullable String nameOrNone,
            @Nullable String phoneOrNone,
            @Nullable String storeOrNone) {
        this(id, role, nameOrNone, phoneOrNone, storeOrNone, null, null);
    }

    public Principal {
        if (id.isBlank()) {
            throw new IllegalArgumentException("id: blank (expected: at least one character)");
        }
        if ((role == Role.MERCHANT) != (storeOrNone != null)) {
            throw new IllegalArgumentException("store: " + storeOrNone + " (expected: one for a merchant, none else)");
        }
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

    public Optional<String> store() {
        return Optional.ofNullable(storeOrNone);
    }

    public Optional<String> email() {
        return Optional.ofNullable(emailOrNone);
    }

    public Optional<String> locale() {
        return Optional.ofNullable(localeOrNone);
    }
}
