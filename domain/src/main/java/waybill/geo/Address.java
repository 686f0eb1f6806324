package waybill.geo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where something is fetched or brought: as people write it, and where on the Earth that is, if anybody said.
///
/// @param notesOrNone how to get in, or where to leave it
public record Address(
        String text,
        @Nullable Position positionOrNone,
        @Nullable String notesOrNone) {

    /// Nobody has said where.
    public static final Address UNKNOWN = new Address("", null);

    /// Without notes.
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
