package waybill.cli.osm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/// A drawn town in the XML of OpenStreetMap: streets in a grid, 111 m apart, around a place where nothing else is.
public final class OsmTown {

    static final int BLOCKS = 16;
    static final double SOUTH = 42.5;
    static final double WEST = 1.5;
    static final double COAST = 20;
    private static final double STEP = 0.001;
    private static final int CORNERS = BLOCKS + 1;

    private final StringBuilder nodes = new StringBuilder();
    private final StringBuilder ways = new StringBuilder();
    private int ids = CORNERS * CORNERS;

    private OsmTown() {}

    /// A town with a coast to its east, an island in the sea, a river, a lake with an island, a park, houses, a one-way
    /// avenue, and what drivers do not take.
    public static Path write(Path file) throws IOException {
        var town = new OsmTown();
        town.drawStreets();
        var middle = BLOCKS / 2.0;
        town.node(middle, middle, Map.of("place", "town", "name", "Gridham"));
        town.node(middle, middle + 0.1, Map.of("place", "suburb", "name", "Inner Gridham"));
        town.way(Map.of("waterway", "river", "name", "Grid River"), List.of(town.node(4.5, 0), town.node(4.5, BLOCKS)));
        town.way(Map.of("leisure", "park", "name", "Central Park"), town.square(6.2, 6.2, 2.6));
        town.way(Map.of("building", "house"), town.square(2.2, 2.2, 0.1));
        town.way(Map.of("building", "no", "natural", "rock"), town.square(3.2, 3.2, 0.1));
        var shore = town.square(9.1, 9.1, 0.8);
        var outer = List.of(
                town.way(Map.of(), shore.subList(0, 3)),
                town.way(Map.of(), shore.subList(2, 5).reversed()));
        town.drawCoast();
        town.drawLake(outer, town.way(Map.of(), town.square(9.4, 9.4, 0.1)));
        return Files.writeString(file, "<?xml version='1.0'?><osm version='0.6'>" + town.nodes + town.ways + "</osm>");
    }

    private void drawStreets() {
        for (var north = 0; north <= BLOCKS; north++) {
            for (var east = 0; east <= BLOCKS; east++) {
                node(crossing(north, east), north, east, Map.of());
            }
        }
        for (var street = 0; street <= BLOCKS; street++) {
            var number = street;
            var eastward = range(east -> crossing(number, east));
            var northward = range(north -> crossing(north, number));
            way(Map.of("highway", "residential", "name", street + " Row"), eastward);
            way(street == 8 ? avenue() : Map.of("highway", "secondary", "name", street + " Lane"), northward);
        }
        way(Map.of("highway", "residential", "name", "Closed Street", "access", "private"), diagonal(1));
        way(Map.of("highway", "footway", "name", "Foot Path"), diagonal(2));
        way(Map.of("highway", "residential", "name", "High Bridge", "bridge", "yes"), diagonal(3));
        way(Map.of("highway", "proposed"), diagonal(4));
    }

    private static Map<String, String> avenue() {
        return Map.of("highway", "primary", "name", "One Way Avenue", "oneway", "-1");
    }

    private static List<Integer> range(IntUnaryOperator corner) {
        return IntStream.rangeClosed(0, BLOCKS).map(corner).boxed().toList();
    }

    private static List<Integer> diagonal(int at) {
        return List.of(crossing(at, at), crossing(at + 1, at + 1));
    }

    private static int crossing(int north, int east) {
        return north * CORNERS + east + 1;
    }

    private List<Integer> square(double north, double east, double size) {
        var first = node(north, east);
        return List.of(
                first, node(north + size, east), node(north + size, east + size), node(north, east + size), first);
    }

    /// With the land to the left: northwards along the town, and so around the island.
    private void drawCoast() {
        var middle = node(BLOCKS / 2.0, COAST);
        way(Map.of("natural", "coastline"), List.of(middle, node(45, COAST), node(100, COAST)));
        way(Map.of("natural", "coastline"), List.of(node(-100, COAST), node(-30, COAST), middle));
        way(Map.of("natural", "coastline"), square(BLOCKS / 2.0, COAST + 5, 1).reversed());
    }

    private void drawLake(List<Integer> outer, int island) {
        ways.append("<relation id='1' version='1'>");
        outer.forEach(way -> ways.append("<member type='way' ref='%d' role='outer'/>".formatted(way)));
        ways.append("<member type='way' ref='%d' role='inner'/>".formatted(island))
                .append("<tag k='type' v='multipolygon'/><tag k='natural' v='water'/></relation>");
    }

    private int node(double north, double east) {
        return node(north, east, Map.of());
    }

    private int node(double north, double east, Map<String, String> tags) {
        return node(++ids, north, east, tags);
    }

    private int node(int id, double north, double east, Map<String, String> tags) {
        nodes.append("<node id='%d' lat='%s' lon='%s' version='1'>"
                        .formatted(id, SOUTH + north * STEP, WEST + east * STEP))
                .append(xml(tags))
                .append("</node>");
        return id;
    }

    private int way(Map<String, String> tags, List<Integer> corners) {
        var id = ++ids;
        ways.append("<way id='%d' version='1'>".formatted(id));
        corners.forEach(corner -> ways.append("<nd ref='%d'/>".formatted(corner)));
        ways.append(xml(tags)).append("</way>");
        return id;
    }

    private static String xml(Map<String, String> tags) {
        var xml = new StringBuilder();
        tags.forEach((key, value) -> xml.append("<tag k='%s' v='%s'/>".formatted(key, value)));
        return xml.toString();
    }
}
