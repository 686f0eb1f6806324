package waybill.cli.city;

/// A door.
///
/// @param text the street and the number
/// @param stop where a driver stops for it
/// @param door beside the street
public record Address(String text, Stop stop, Point door) {

    /// A place on a street.
    ///
    /// @param edge the number of the street between two crossings
    /// @param way metres from its first crossing
    public record Stop(int edge, double way) {}
}
