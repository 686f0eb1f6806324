package waybill.geo;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where something is fetched or brought: as people write it, and where on the Earth that is, if anybody said.
public record Address(String text, @Nullable Position positionOrNone) {

    /// Nobody has said where.
    public static final Address UNKNOWN = new Address("", null);

    public Optional<Position> position() {
        return Optional.ofNullable(positionOrNone);
    }
}
