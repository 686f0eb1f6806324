package waybill.cli.city;

import java.util.List;

/// A city: one that [CityGenerator] makes, or a real one.
///
/// @param addresses in an order without meaning
public record City(String name, MapProjection projection, StreetNetwork network, List<Address> addresses, CityMap map) {

    /// The ways of this city.
    public Routes routes() {
        return new Routes(network);
    }

    /// The middle of the city centre.
    public Point centre() {
        return new Point(0, 0);
    }
}
