package waybill.eta;

import org.jspecify.annotations.Nullable;
import waybill.geo.Position;

/// The travel that is asked for.
///
/// @param driverOrNone the driver, if it is known: some are faster than others
/// @param departureMs when the driver leaves; a provider that knows no traffic ignores it
/// @param needsPath whether the way itself is asked for, besides its duration
public record TravelRequest(
        Position from, Position to, @Nullable String driverOrNone, long departureMs, boolean needsPath) {

    /// A travel of which only the duration is asked for.
    public TravelRequest(Position from, Position to, @Nullable String driverOrNone, long departureMs) {
        this(from, to, driverOrNone, departureMs, false);
    }

    /// The length of the straight line.
    public double straightMetres() {
        return from.metresTo(to);
    }
}
