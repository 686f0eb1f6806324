package waybill.cli.osm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import waybill.cli.city.CityMap;
import waybill.cli.city.CityMap.Area;
import waybill.cli.city.CityMap.Label;
import waybill.cli.city.CityMap.Road;
import waybill.cli.city.CityMap.Surface;
import waybill.cli.city.Lines;
import waybill.cli.city.Point;
import waybill.cli.city.RoadClass;

/// Collects what is drawn of a real city, in few features: roads of one name and class are one, buildings of one
/// neighbourhood another.
final class Drawing {

    /// The nearest to the centre are drawn: more would be slow in a browser.
    static final int BUILDINGS_MAX = 25_000;

    private static final String ATTRIBUTION = "© OpenStreetMap contributors";
    private static final double TOLERANCE = 0.7;

    /// The sides of a neighbourhood, in metres.
    private static final double BUILDINGS_TOGETHER = 250;

    private static final double ROADS_TOGETHER = 1_000;

    /// A smaller surface has no label, in square metres.
    private static final double LABELLED_AREA = 15_000;

    private static final double LABELLED_STREAM = 400;

    private record Cell(long column, long row) {

        static Cell of(Point point, double size) {
            return new Cell(Math.floorDiv((long) point.x(), (long) size), Math.floorDiv((long) point.y(), (long) size));
        }
    }

    private record RoadKey(Optional<RoadClass> roadClass, Optional<String> name, Optional<Cell> cell) {}

    private final Map<RoadKey, List<List<Point>>> roads = new LinkedHashMap<>();
    private final List<List<Point>> buildings = new ArrayList<>();
    private final List<Area> areas = new ArrayList<>();
    private final List<List<Point>> streams = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();

    /// @param roadClass absent for a path
    void addRoad(Optional<RoadClass> roadClass, Optional<String> name, List<Point> line) {
        var cell = name.isPresent() ? Optional.<Cell>empty() : Optional.of(Cell.of(line.getFirst(), ROADS_TOGETHER));
        roads.computeIfAbsent(new RoadKey(roadClass, name, cell), _ -> new ArrayList<>())
                .add(Lines.simplified(line, TOLERANCE));
    }

    void addStream(Optional<String> name, List<Point> line) {
        streams.add(Lines.simplified(line, TOLERANCE));
        if (Lines.length(line) > LABELLED_STREAM) {
            name.ifPresent(text -> labels.add(new Label(Surface.WATER, text, line.get(line.size() / 2))));
        }
    }

    /// @param polygons each a ring and its holes
    void addArea(Surface surface, Optional<String> name, List<List<List<Point>>> polygons) {
        if (surface == Surface.BUILDING) {
            polygons.forEach(polygon -> buildings.add(polygon.getFirst()));
            return;
        }
        areas.add(new Area(surface, name, polygons));
        var largest = polygons.stream()
                .map(List::getFirst)
                .max(Comparator.comparingDouble(ring -> Math.abs(Lines.area(ring))));
        if (surface != Surface.BUILT_UP) {
            largest.filter(ring -> Math.abs(Lines.area(ring)) > LABELLED_AREA)
                    .ifPresent(
                            ring -> name.ifPresent(text -> labels.add(new Label(surface, text, Lines.centre(ring)))));
        }
    }

    CityMap map() {
        var all = new ArrayList<>(areas);
        var blocks = new LinkedHashMap<Cell, List<List<List<Point>>>>();
        buildings.stream()
                .sorted(Comparator.comparingDouble(ring -> ring.getFirst().distanceTo(new Point(0, 0))))
                .limit(BUILDINGS_MAX)
                .forEach(ring -> blocks.computeIfAbsent(
                                Cell.of(ring.getFirst(), BUILDINGS_TOGETHER), _ -> new ArrayList<>())
                        .add(List.of(ring)));
        blocks.values().forEach(block -> all.add(new Area(Surface.BUILDING, Optional.empty(), block)));
        return new CityMap(
                all,
                roads.entrySet().stream()
                        .map(road -> new Road(road.getKey().roadClass, road.getKey().name, road.getValue()))
                        .toList(),
                streams,
                labels,
                Optional.of(ATTRIBUTION));
    }
}
