package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import waybill.cli.city.CityMap.Area;
import waybill.cli.city.CityMap.Label;
import waybill.cli.city.CityMap.Road;
import waybill.cli.city.CityMap.Surface;
import waybill.geo.Position;

/// Makes a city from a seed.
public final class CityGenerator {

    /// In the North Sea, where no real city is.
    private static final Position CENTRE = new Position(55.75, 3.25);

    private static final double MAJOR_SEPARATION = 400;
    private static final double RING = 0.9;
    private static final double BLOCK_MIN = 700;

    /// Nearer to their middle, rings are too small for a street.
    private static final double INNERMOST_RING = 45;

    /// A larger block has no buildings: fields.
    private static final double BLOCK_MAX = 70_000;

    /// The river goes beyond the city at both ends.
    private static final int RIVER_NAMES = 8;

    private final SplittableRandom random;
    private final Terrain terrain;
    private final StreetNames names;

    private CityGenerator(long seed) {
        random = new SplittableRandom(seed);
        terrain = Terrain.of(random);
        names = new StreetNames(random);
    }

    public static City city(long seed) {
        return new CityGenerator(seed).city();
    }

    private City city() {
        var lines = streets();
        var network = NetworkBuilder.of(lines);
        var streetNames = lines.stream().map(line -> names.of(line.roadClass())).toList();
        var name = names.town();
        var river = names.river();
        var parks = terrain.parks().stream().map(_ -> names.park()).toList();
        var roads = new ArrayList<>(roads(network, streetNames));
        highways().forEach(line -> roads.add(road(Optional.of(RoadClass.MOTORWAY), line)));
        paths().forEach(line -> roads.add(road(Optional.empty(), line)));
        var map = new CityMap(areas(network, river, parks), roads, List.of(), labels(river, parks), Optional.empty());
        return new City(name, new MapProjection(CENTRE), network, addresses(network, streetNames), map);
    }

    private List<Area> areas(StreetNetwork network, String river, List<String> parks) {
        var areas = new ArrayList<Area>();
        areas.add(Area.of(Surface.BUILT_UP, Optional.empty(), terrain.outline()));
        for (var i = 0; i < parks.size(); i++) {
            areas.add(Area.of(
                    Surface.PARK,
                    Optional.of(parks.get(i)),
                    terrain.parks().get(i).outline(0)));
        }
        var half = terrain.riverWidth() / 2;
        var banks = new ArrayList<>(terrain.bank(-half));
        banks.addAll(terrain.bank(half).reversed());
        areas.add(Area.of(Surface.WATER, Optional.of(river), banks));
        for (var block : buildings(network)) {
            areas.add(new Area(
                    Surface.BUILDING,
                    Optional.empty(),
                    block.stream().map(List::of).toList()));
        }
        return areas;
    }

    /// The parts of each street as one road.
    private static List<Road> roads(StreetNetwork network, List<String> streetNames) {
        var parts = new TreeMap<Integer, List<StreetNetwork.Edge>>();
        for (var edge : network.edges()) {
            parts.computeIfAbsent(edge.street(), _ -> new ArrayList<>()).add(edge);
        }
        return parts.values().stream()
                .map(edges -> new Road(
                        Optional.of(edges.getLast().roadClass()),
                        Optional.of(streetNames.get(edges.getLast().street())),
                        edges.stream().map(StreetNetwork.Edge::line).toList()))
                .toList();
    }

    private static Road road(Optional<RoadClass> roadClass, List<Point> line) {
        return new Road(roadClass, Optional.empty(), List.of(line));
    }

    private List<Label> labels(String river, List<String> parks) {
        var labels = new ArrayList<Label>();
        for (var i = 0; i < parks.size(); i++) {
            labels.add(
                    new Label(Surface.PARK, parks.get(i), terrain.parks().get(i).centre()));
        }
        var line = terrain.river();
        for (var part = 1; part <= RIVER_NAMES; part++) {
            labels.add(new Label(Surface.WATER, river, line.get(line.size() * part / (RIVER_NAMES + 1))));
        }
        return labels;
    }

    private List<StreetLine> streets() {
        var field = DirectionField.of(terrain, random);
        var tracer = new StreetTracer(field, random);
        tracer.add(new StreetLine(circle(RING), RoadClass.MOTORWAY));
        var bank = terrain.riverWidth() / 2 + 24;
        for (var side : new double[] {bank, -bank}) {
            var line = terrain.bank(side).stream().filter(this::isCity).toList();
            tracer.add(new StreetLine(Lines.simplified(line, 1.2), RoadClass.MAJOR));
        }
        for (var park : terrain.parks()) {
            var outline = new ArrayList<>(park.outline(10));
            outline.add(outline.getFirst());
            tracer.add(new StreetLine(Lines.simplified(outline, 1.2), RoadClass.MINOR));
        }
        Predicate<Point> noPark = point ->
                isCity(point) && !terrain.isPark(point, 14) && point.distanceTo(field.centre()) > INNERMOST_RING;
        tracer.trace(new StreetTracer.Plan(RoadClass.MAJOR, _ -> MAJOR_SEPARATION, noPark, 1_500));
        Predicate<Point> noWater = point -> noPark.test(point) && !terrain.isWater(point, 30);
        tracer.trace(new StreetTracer.Plan(RoadClass.MINOR, this::separation, noWater, 9_000));
        return StreetJoiner.joined(tracer.lines(), point -> !terrain.isWater(point, 6) && !terrain.isPark(point, 6));
    }

    private boolean isCity(Point point) {
        return terrain.isWithin(point, 1);
    }

    /// Small blocks in the centre, larger ones outside.
    private double separation(Point point) {
        return 74 + 42 * Math.min(1, point.length() / terrain.radius());
    }

    private List<Point> circle(double share) {
        var line = new ArrayList<Point>();
        for (var degrees = 0; degrees <= 360; degrees += 2) {
            var angle = StrictMath.toRadians(degrees % 360);
            line.add(Point.at(angle, terrain.edge(angle) * share));
        }
        return line;
    }

    /// Roads from the ring to the edge of the map.
    private List<List<Point>> highways() {
        var result = new ArrayList<List<Point>>();
        var turn = random.nextDouble();
        for (var i = 0; i < 5; i++) {
            var angle = 2 * StrictMath.PI * (i + turn + 0.3 * random.nextDouble()) / 5;
            var here = Point.at(angle, terrain.edge(angle) * RING);
            if (terrain.isWater(here, 120)) {
                continue;
            }
            var line = new ArrayList<Point>(List.of(here));
            var heading = angle;
            for (var steps = 0; steps < 75; steps++) {
                heading += 0.1 * (random.nextDouble() - 0.5) + 0.1 * StrictMath.sin(angle - heading);
                here = here.plus(Point.at(heading, 60));
                line.add(here);
            }
            result.add(Lines.simplified(line, 1));
        }
        return result;
    }

    /// Footpaths across the parks, and around their middle.
    private List<List<Point>> paths() {
        var result = new ArrayList<List<Point>>();
        for (var park : terrain.parks()) {
            var turn = random.nextDouble() * 2 * StrictMath.PI;
            var gates = 3 + random.nextInt(3);
            for (var gate = 0; gate < gates; gate++) {
                var line = new ArrayList<Point>();
                for (var step = 10; step >= 5; step--) {
                    var angle = turn + 2 * StrictMath.PI * gate / gates + 0.45 * StrictMath.sin(step / 3.0);
                    line.add(park.centre().plus(Point.at(angle, park.edge(angle) * step / 10 + (step == 10 ? 9 : 0))));
                }
                result.add(line);
            }
            var around = new ArrayList<Point>();
            for (var degrees = 0; degrees <= 360; degrees += 12) {
                var angle = StrictMath.toRadians(degrees % 360);
                around.add(park.centre().plus(Point.at(angle, park.edge(angle) * 0.5)));
            }
            result.add(around);
        }
        return result;
    }

    private List<List<List<Point>>> buildings(StreetNetwork network) {
        var result = new ArrayList<List<List<Point>>>();
        for (var block : Block.of(network)) {
            var centre = Lines.centre(block.outline());
            if (block.area() < BLOCK_MIN || block.area() > BLOCK_MAX) {
                continue;
            }
            var density = Math.clamp(1.15 - centre.length() / (0.8 * terrain.radius()), 0.0, 1.0);
            var buildings = new Lots(block, density, random)
                    .buildings().stream()
                            .filter(building -> building.stream()
                                    .noneMatch(corner -> terrain.isWater(corner, 12) || terrain.isPark(corner, 2)))
                            .toList();
            if (!buildings.isEmpty()) {
                result.add(buildings);
            }
        }
        return result;
    }

    private List<Address> addresses(StreetNetwork network, List<String> streetNames) {
        return Addresses.along(
                network,
                streetNames,
                here -> !terrain.isWater(here, 5),
                door -> !terrain.isWater(door, 4) && !terrain.isPark(door, -4));
    }
}
