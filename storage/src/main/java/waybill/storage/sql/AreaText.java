package waybill.storage.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import waybill.geo.Area;
import waybill.geo.Position;

/// An area as text: its kind and its numbers, `circle LATITUDE LONGITUDE METRES` or `polygon LATITUDE LONGITUDE …`.
/// What cannot be read back was not written here: a bug, and loud.
final class AreaText {

    private static final String CIRCLE = "circle";
    private static final String POLYGON = "polygon";

    private AreaText() {}

    static String write(Area area) {
        return switch (area) {
            case Area.Circle(var centre, var radius) -> CIRCLE + " " + write(centre) + " " + radius;
            case Area.Polygon(var corners) ->
                POLYGON + " " + corners.stream().map(AreaText::write).collect(Collectors.joining(" "));
        };
    }

    private static String write(Position position) {
        return position.latitude() + " " + position.longitude();
    }

    static Area read(String text) {
        var words = List.of(text.split(" "));
        var numbers = words.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
        return switch (words.getFirst()) {
            case CIRCLE -> new Area.Circle(new Position(numbers[0], numbers[1]), numbers[2]);
            case POLYGON -> new Area.Polygon(positions(numbers));
            default -> throw EnumCodes.unknownCode("kind of area", words.getFirst());
        };
    }

    private static List<Position> positions(double[] numbers) {
        var positions = new ArrayList<Position>();
        for (var i = 0; i < numbers.length; i += 2) {
            positions.add(new Position(numbers[i], numbers[i + 1]));
        }
        return positions;
    }
}
