package waybill.socketio.redis;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds binary in a value.
final class Binary {

    private Binary() {}

    static boolean isIn(@Nullable Object value) {
        return switch (value) {
            case byte[] _ -> true;
            case Map<?, ?> map -> map.values().stream().anyMatch(Binary::isIn);
            case List<?> list -> list.stream().anyMatch(Binary::isIn);
            case null, default -> false;
        };
    }
}
