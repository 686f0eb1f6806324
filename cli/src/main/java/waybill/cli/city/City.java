package waybill.cli.city;

import java.util.List;

/// A city, as [CityGenerator] makes it.
///
/// @param highways roads out of the city, without addresses
/// @param paths footpaths of the parks
/// @param streetNames by the number of the street
/// @param blocks the buildings of each block
/// @param addresses in an order without meaning
public record City(
        String name,
        Names names,
        Terrain terrain,
        StreetNetwork network,
        List<List<Point>> highways,
        List<List<Point>> paths,
        List<String> streetNames,
        List<List<List<Point>>> blocks,
        List<Address> addresses) {

    /// What is named besides streets.
    record Names(String river, List<String> parks) {}

    /// The ways of this city.
    public Routes routes() {
        return new Routes(network);
    }

    /// The middle of the city centre.
    public Point centre() {
        return new Point(0, 0);
    }
}
