package waybill.server.identity;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.notification.MailAddresses;

/// Maps the claims of a token to a principal.
final class PrincipalMapper {

    /// The maximum length of an id, a name and the like.
    static final int TEXT_MAX = 200;

    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}");

    private final ClaimPath id;
    private final ClaimPath role;
    private final ClaimPath name;
    private final ClaimPath phone;
    private final ClaimPath store;
    private final ClaimPath email;
    private final ClaimPath locale;

    PrincipalMapper(ClaimNames names) {
        id = ClaimPath.of(names.id());
        role = ClaimPath.of(names.role());
        name = ClaimPath.of(names.name());
        phone = ClaimPath.of(names.phone());
        store = ClaimPath.of(names.store());
        email = ClaimPath.of(names.email());
        locale = ClaimPath.of(names.locale());
    }

    Principal principal(Map<String, Object> claims) throws TokenRejected {
        var userId = text(claims, id).orElseThrow(() -> new TokenRejected(id.name() + ": missing (expected: text)"));
        var userRole = role(claims);
        return new Principal(
                userId,
                userRole,
                text(claims, name).orElse(null),
                text(claims, phone).orElse(null),
                userRole == Role.MERCHANT ? text(claims, store).orElse(userId) : null,
                email(claims).orElse(null),
                plainText(claims, locale).filter(LANGUAGE.asMatchPredicate()).orElse(null));
    }

    /// None that the provider has not verified: its owner may be another person.
    private Optional<String> email(Map<String, Object> claims) {
        return Boolean.FALSE.equals(claims.get("email_verified"))
                ? Optional.empty()
                : plainText(claims, email).filter(MailAddresses::isValid);
    }

    /// Messages by e-mail and their language are an extra: a token without a usable one is as good.
    private static Optional<String> plainText(Map<String, Object> claims, ClaimPath path) {
        return path.find(claims).flatMap(value -> value instanceof String text ? Optional.of(text) : Optional.empty());
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
