package waybill.server.identity;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The names of the claims. A name may be a path with dots into nested objects (`realm_access.roles`), a number in
/// it is an index into a list (`roles.0`), and alternatives are separated by a bar (`roles.0|role`). A claim whose
/// name equals the whole path, dots included, comes first.
public record ClaimNames(String id, String role, String name, String phone, String store) {

    public ClaimNames {
        Stream.of(id, role, name, phone, store).forEach(ClaimNames::check);
    }

    public static ClaimNames defaults() {
        return new ClaimNames("sub", "role", "name", "phone", "store");
    }

    private static void check(String names) {
        if (names.isBlank() || Stream.of(names.split("\\|", -1)).anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("claim: \"" + names + "\" (expected: a name such as role or roles.0)");
        }
    }

    /// The value of the first of `names` that the claims have.
    static Optional<Object> find(Map<String, Object> claims, String names) {
        return Stream.of(names.split("\\|", -1))
                .flatMap(name -> at(claims, name).stream())
                .findFirst();
    }

    private static Optional<Object> at(Map<String, Object> claims, String path) {
        var whole = claims.get(path);
        if (whole != null) {
            return Optional.of(whole);
        }
        @Nullable Object at = claims;
        for (var step : path.split("\\.", -1)) {
            at = inside(at, step);
        }
        return Optional.ofNullable(at);
    }

    private static @Nullable Object inside(@Nullable Object value, String step) {
        return switch (value) {
            case Map<?, ?> map -> map.get(step);
            case Iterable<?> list when step.chars().allMatch(Character::isDigit) -> element(list, step);
            case null, default -> null;
        };
    }

    private static @Nullable Object element(Iterable<?> list, String step) {
        var index = 0;
        for (var element : list) {
            if (step.equals(Integer.toString(index++))) {
                return element;
            }
        }
        return null;
    }
}
