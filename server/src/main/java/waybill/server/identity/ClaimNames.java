package waybill.server.identity;

import java.util.stream.Stream;

/// The names of the claims. A name may be a path with dots into nested objects (`realm_access.roles`), a number in
/// it is an index into a list (`roles.0`), and alternatives are separated by a bar (`roles.0|role`). A claim whose
/// name equals the whole path, dots included, comes first.
public record ClaimNames(String id, String role, String name, String phone, String store, String email, String locale) {

    public ClaimNames {
        Stream.of(id, role, name, phone, store, email, locale).forEach(ClaimNames::check);
    }

    public static ClaimNames defaults() {
        return new ClaimNames("sub", "role", "name", "phone", "store", "email", "locale");
    }

    private static void check(String names) {
        if (names.isBlank() || Stream.of(names.split("\\|", -1)).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("claim: \"" + names + "\" (expected: a name such as role or roles.0)");
        }
    }
}
