package waybill.cli.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import waybill.cli.city.City;
import waybill.cli.city.CityMap.Surface;
import waybill.cli.city.Lines;
import waybill.cli.city.MapProjection;
import waybill.cli.city.Point;
import waybill.routing.OsmElement;
import waybill.routing.OsmElement.Node;
import waybill.routing.OsmElement.Relation;
import waybill.routing.OsmElement.Way;

/// Takes the elements of a file that are near a place, and makes a city of them.
final class Extract {

    /// How far the streets of the drivers reach from the centre, in metres: as far as those of an invented city.
    private static final double CITY_RADIUS = 2_000;

    /// How far the map reaches.
    private static final double MAP_RADIUS = 3_500;

    /// Farther away places are not kept. A surface that reaches so far is cut off there.
    private static final double KEPT_RADIUS = 5_000;

    /// The farthest place from which a city may have its name.
    private static final double NAMED_WITHIN = 6_000;

    private static final List<String> PLACES = List.of("city", "town", "village", "suburb", "hamlet");
    private static final Point CENTRE = new Point(0, 0);
    private static final double TOLERANCE = 0.4;

    private final MapProjection projection;
    private final Map<Long, Point> points = new HashMap<>();
    private final Map<Long, List<Long>> ways = new HashMap<>();
    private final Streets streets = new Streets(points);
    private final Drawing drawing = new Drawing();
    private final Coastline coastline = new Coastline(KEPT_RADIUS);
    private Optional<PlaceName> name = Optional.empty();

    /// @param rank in [#PLACES]
    private record PlaceName(String text, int rank, double distance) {

        boolean isBetterThan(PlaceName other) {
            return rank < other.rank || (rank == other.rank && distance < other.distance);
        }
    }

    Extract(MapProjection projection) {
        this.projection = projection;
    }

    /// Takes the next element of the file.
    void add(OsmElement element) {
        var tags = new Tags(element.tags());
        switch (element) {
            case Node node -> addNode(node, tags);
            case Way way -> addWay(way, tags);
            case Relation relation -> addRelation(relation, tags);
        }
    }

    /// @param fallback the name of a city whose map has no name for it
    City city(String fallback) {
        var network = streets.network();
        var sea = coastline.sea();
        if (!sea.isEmpty()) {
            drawing.addArea(Surface.WATER, Optional.empty(), sea);
        }
        return new City(
                name.map(PlaceName::text).orElse(fallback),
                projection,
                network,
                streets.addresses(network),
                drawing.map());
    }

    private void addNode(Node node, Tags tags) {
        var point = projection.point(node.place());
        if (Math.max(Math.abs(point.x()), Math.abs(point.y())) > KEPT_RADIUS + NAMED_WITHIN) {
            return;
        }
        var distance = point.distanceTo(CENTRE);
        if (distance < KEPT_RADIUS) {
            points.put(node.id(), point);
        }
        var rank = PLACES.indexOf(tags.get("place"));
        if (rank >= 0 && distance < NAMED_WITHIN && tags.name().isPresent()) {
            var candidate = new PlaceName(tags.name().get(), rank, distance);
            if (name.isEmpty() || candidate.isBetterThan(name.get())) {
                name = Optional.of(candidate);
            }
        }
    }

    private void addWay(Way way, Tags tags) {
        if (tags.isCoastline()) {
            addCoast(way);
        }
        var nodes = way.nodes().stream().filter(points::containsKey).toList();
        if (nodes.size() < 2) {
            return;
        }
        ways.put(way.id(), nodes);
        var line = line(nodes);
        if (line.stream().noneMatch(point -> point.distanceTo(CENTRE) < MAP_RADIUS)) {
            return;
        }
        tags.feature().ifPresent(feature -> {
            switch (feature) {
                case Feature.Street street -> {
                    drawing.addRoad(Optional.of(street.roadClass()), tags.name(), line);
                    addStreet(nodes, street, tags.name().orElse(""));
                }
                case Feature.Path _ -> drawing.addRoad(Optional.empty(), Optional.empty(), line);
                case Feature.Stream _ -> drawing.addStream(tags.name(), line);
                case Feature.Ground(var surface) -> addArea(surface, tags, List.of(nodes), List.of());
            }
        });
    }

    /// The parts of a coast that are kept.
    private void addCoast(Way way) {
        var part = new ArrayList<Long>();
        for (var node : way.nodes()) {
            if (points.containsKey(node)) {
                part.add(node);
            } else {
                coastline.add(Lines.simplified(line(part), TOLERANCE));
                part.clear();
            }
        }
        coastline.add(Lines.simplified(line(part), TOLERANCE));
    }

    /// The parts of a street that are in the city.
    private void addStreet(List<Long> nodes, Feature.Street street, String name) {
        var part = new ArrayList<Long>();
        for (var node : nodes) {
            if (point(node).distanceTo(CENTRE) < CITY_RADIUS) {
                part.add(node);
            } else {
                addPart(part, street, name);
                part.clear();
            }
        }
        addPart(part, street, name);
    }

    private void addPart(List<Long> nodes, Feature.Street street, String name) {
        if (nodes.size() > 1) {
            streets.add(List.copyOf(nodes), street, name);
        }
    }

    private void addRelation(Relation relation, Tags tags) {
        if (!tags.get("type").equals("multipolygon")) {
            return;
        }
        tags.surface()
                .ifPresent(surface -> addArea(
                        surface,
                        tags,
                        Rings.joined(members(relation, "outer")),
                        Rings.joined(members(relation, "inner"))));
    }

    private List<List<Long>> members(Relation relation, String role) {
        return relation.members().stream()
                .filter(member -> member.role().equals(role))
                .flatMap(member -> Optional.ofNullable(ways.get(member.way())).stream())
                .toList();
    }

    private void addArea(Surface surface, Tags tags, List<List<Long>> outer, List<List<Long>> holes) {
        var rings = rings(outer);
        if (rings.stream().flatMap(List::stream).anyMatch(point -> point.distanceTo(CENTRE) < MAP_RADIUS)) {
            drawing.addArea(surface, tags.name(), Rings.polygons(rings, rings(holes)));
        }
    }

    /// The rings with an area, each without its first corner at the end again.
    private List<List<Point>> rings(List<List<Long>> nodes) {
        return nodes.stream()
                .map(ring -> Lines.simplified(line(ring), TOLERANCE))
                .map(ring -> ring.getFirst().equals(ring.getLast()) ? ring.subList(0, ring.size() - 1) : ring)
                .filter(ring -> ring.size() > 2)
                .toList();
    }

    private List<Point> line(List<Long> nodes) {
        return nodes.stream().map(this::point).toList();
    }

    private Point point(Long node) {
        return Objects.requireNonNull(points.get(node), "the place of a node");
    }
}
