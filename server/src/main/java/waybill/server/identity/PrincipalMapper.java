package waybill.server.identity;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;

/// Maps the claims of a token to a principal.
record PrincipalMapper(ClaimNames names) {

    /// The maximum length of an id, a name and the like.
    static final int TEXT_MAX = 200;

    Principal principal(Map<String, Object> claims) throws TokenRejected {
        var id = text(claims, names.id())
                .orElseThrow(() -> new TokenRejected(names.id() + ": missing (expected: text)"));
        var role = role(claims);
        return new Principal(
                id,
                role,
                text(claims, names.name()).orElse(null),
                text(claims, names.phone()).orElse(null),
                role == Role.MERCHANT ? text(claims, names.store()).orElse(id) : null);
    }

    /// Of several roles the first that the hub has.
    private Role role(Map<String, Object> claims) throws TokenRejected {
        var claimed = ClaimNames.find(claims, names.role());
        var values = claimed.map(value -> value instanceof List<?> list ? list : List.of(value));
        return values.stream()
                .flatMap(List::stream)
                .flatMap(item ->
                        item instanceof String text ? Role.parse(text).stream() : Optional.<Role>empty().stream())
                .findFirst()
                .orElseThrow(() -> new TokenRejected(names.role() + ": "
                        + claimed.map(value -> TokenRejected.excerpt(value.toString()))
                                .orElse("missing")
                        + " (expected: customer, merchant, driver, admin or support)"));
    }

    private static Optional<String> text(Map<String, Object> claims, String name) throws TokenRejected {
        var value = ClaimNames.find(claims, name).orElse(null);
        var text = plain(value);
        if (value != null && text == null) {
            throw new TokenRejected(name + ": neither text nor a whole number (expected: one of them)");
        }
        if (text == null || text.isBlank()) {
            return Optional.empty();
        }
        if (text.length() > TEXT_MAX) {
            throw new TokenRejected(name + ": " + text.length() + " characters (expected: 1.." + TEXT_MAX + ")");
        }
        return Optional.of(text);
    }

    private static @Nullable String plain(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Integer number -> number.toString();
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            case null, default -> null;
        };
    }
}
