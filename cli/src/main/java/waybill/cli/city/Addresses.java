package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Puts doors along the streets of a network.
public final class Addresses {

    private static final double HOUSE_DISTANCE = 26;

    private Addresses() {}

    /// Doors on both sides, numbered along each street.
    ///
    /// @param streetNames by the number of the street; one without a name has no addresses, nor has a motorway
    /// @param isRoad whether a place of a street has doors beside it, and not a bridge
    /// @param isGround whether a door may be at a place
    public static List<Address> along(
            StreetNetwork network, List<String> streetNames, Predicate<Point> isRoad, Predicate<Point> isGround) {
        var result = new ArrayList<Address>();
        var houses = new int[streetNames.size()];
        for (var i = 0; i < network.edges().size(); i++) {
            var edge = network.edges().get(i);
            var name = streetNames.get(edge.street());
            if (edge.roadClass() == RoadClass.MOTORWAY || name.isEmpty()) {
                continue;
            }
            for (var way = HOUSE_DISTANCE / 2; way < edge.length(); way += HOUSE_DISTANCE) {
                var here = Lines.along(edge.line(), way);
                if (!isRoad.test(here)) {
                    continue;
                }
                var number = ++houses[edge.street()];
                var aside = Lines.along(edge.line(), way + 1)
                        .minus(Lines.along(edge.line(), way - 1))
                        .left()
                        .unit()
                        .times((edge.roadClass().halfWidth() + 6) * (number % 2 == 0 ? 1 : -1));
                var door = here.plus(aside);
                if (isGround.test(door)) {
                    result.add(new Address(number + " " + name, new Address.Stop(i, way), door));
                }
            }
        }
        return List.copyOf(result);
    }
}
