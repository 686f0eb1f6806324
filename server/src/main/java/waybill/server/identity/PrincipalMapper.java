package waybill.server.identity;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;

/// Maps the claims of a token to a principal.
final class PrincipalMapper {

    /// The maximum length of an id, a name and the like.
    static final int TEXT_MAX = 200;

    private final ClaimPath id;
    private final ClaimPath role;
    private final ClaimPath name;
    private final ClaimPath phone;
    private final ClaimPath store;

    PrincipalMapper(ClaimNames names) {
        id = ClaimPath.of(names.id());
        role = ClaimPath.of(names.role());
        name = ClaimPath.of(names.name());
        phone = ClaimPath.of(names.phone());
        store = ClaimPath.of(names.store());
    }

    Principal principal(Map<String, Object> claims) throws TokenRejected {
        var userId = text(claims, id).orElseThrow(() -> new TokenRejected(id.name() + ": missing (expected: text)"));
        var userRole = role(claims);
        return new Principal(
                userId,
                userRole,
                text(claims, name).orElse(null),
                text(claims, phone).orElse(null),
                userRole == Role.MERCHANT ? text(claims, store).orElse(userId) : null);
    }

    /// Of several roles the first that the hub has.
    private Role role(Map<String, Object> claims) throws TokenRejected {
        var claimed = role.find(claims);
        var values = claimed.map(value -> value instanceof List<?> list ? list : List.of(value));
        return values.stream()
                .flatMap(List::stream)
                .flatMap(item ->
                        item instanceof String text ? Role.parse(text).stream() : Optional.<Role>empty().stream())
                .findFirst()
                .orElseThrow(() -> new TokenRejected(role.name() + ": "
                        + claimed.map(value -> TokenRejected.excerpt(value.toString()))
                                .orElse("missing")
                        + " (expected: customer, merchant, driver, admin, support or service)"));
    }

    private static Optional<String> text(Map<String, Object> claims, ClaimPath path) throws TokenRejected {
        var name = path.name();
        var value = path.find(claims).orElse(null);
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
