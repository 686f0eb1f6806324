package waybill.geo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A pickup or drop-off address as text, with its position if that is available.
///
/// @param notesOrNone how to get in, or where to leave it
public record Address(
        String text,
        @Nullable Position positionOrNone,
        @Nullable String notesOrNone) {

    /// No address was given.
    public static final Address UNKNOWN = new Address("", null);

    public Address(String text, @Nullable Position position) {
        this(text, position, null);
    }

    public Optional<Position> position() {
        return Optional.ofNullable(positionOrNone);
    }

    public Optional<String> notes() {
        return Optional.ofNullable(notesOrNone);
    }
}
