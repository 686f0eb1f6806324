package waybill.server.identity;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where a claim is, in the notation of [ClaimNames]. Split once, not for each token.
///
/// @param name the notation
record ClaimPath(String name, List<Alternative> alternatives) {

    private record Alternative(String whole, List<String> steps) {}

    static ClaimPath of(String name) {
        return new ClaimPath(
                name,
                Stream.of(name.split("\\|", -1))
                        .map(path -> new Alternative(path, List.of(path.split("\\.", -1))))
                        .toList());
    }

    /// The value of the first alternative that the claims have.
    Optional<Object> find(Map<String, Object> claims) {
        for (var alternative : alternatives) {
            var value = find(claims, alternative);
            if (value != null) {
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private static @Nullable Object find(Map<String, Object> claims, Alternative path) {
        @Nullable Object value = claims.get(path.whole);
        if (value != null || path.steps.size() == 1) {
            return value;
        }
        value = claims;
        for (var step : path.steps) {
            value = inside(value, step);
        }
        return value;
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
