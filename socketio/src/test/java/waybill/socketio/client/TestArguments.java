package waybill.socketio.client;

import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import waybill.socketio.Args;

/// The arguments of a test's requests, as the types that they must have.
final class TestArguments {

    private TestArguments() {}

    static String text(Args args, int index) {
        return Objects.requireNonNull(args.string(index));
    }

    static int number(Args args, int index) {
        return ((Number) Objects.requireNonNull(args.value(index))).intValue();
    }

    static String[] texts(Args args) {
        return toStrings(args.values());
    }

    static String[] toStrings(@Nullable Object words) {
        return ((Collection<?>) Objects.requireNonNull(words))
                .stream().map(String::valueOf).toArray(String[]::new);
    }

    static Collection<?> list(Args args, int index) {
        return (Collection<?>) Objects.requireNonNull(args.value(index));
    }

    static @Nullable Object[] values(@Nullable Object values) {
        return ((Collection<?>) Objects.requireNonNull(values)).toArray();
    }
}
