package waybill.directory;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Role;
import waybill.access.UserId;

/// A user as described by the user's last token.
public record Person(
        String id,
        Role role,
        @Nullable String nameOrNone,
        @Nullable String phoneOrNone) {

    public UserId user() {
        return new UserId(role, id);
    }

    public Optional<String> name() {
        return Optional.ofNullable(nameOrNone);
    }

    public Optional<String> phone() {
        return Optional.ofNullable(phoneOrNone);
    }
}
