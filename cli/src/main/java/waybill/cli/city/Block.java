package waybill.cli.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// A piece of ground between streets.
///
/// @param outline its corners, to the left; the first is not repeated
/// @param sides the class of the street at each side, from the corner of the same index to the next one
record Block(List<Point> outline, List<RoadClass> sides) {

    private static final double SIMPLIFIED = 0.8;

    /// Half of an edge: the way along it from one of its ends.
    private record Half(int edge, boolean isForward) {}

    /// The faces of a network, without the one around it.
    static List<Block> of(StreetNetwork network) {
        var leaving = new ArrayList<List<Half>>();
        network.crossings().forEach(_ -> leaving.add(new ArrayList<>()));
        for (var i = 0; i < network.edges().size(); i++) {
            leaving.get(network.edges().get(i).from()).add(new Half(i, true));
            leaving.get(network.edges().get(i).to()).add(new Half(i, false));
        }
        leaving.forEach(halves -> halves.sort(Comparator.comparingDouble(half -> angle(network, half))));
        var seen = new HashSet<Half>();
        var blocks = new ArrayList<Block>();
        for (var halves : leaving) {
            for (var half : halves) {
                if (!seen.contains(half)) {
                    face(network, leaving, half, seen).ifPresent(blocks::add);
                }
            }
        }
        return blocks;
    }

    double area() {
        return Lines.area(outline);
    }

    /// The class of the street that `point` is on, if it is on one.
    Optional<RoadClass> sideAt(Point point, double tolerance) {
        for (var i = 0; i < outline.size(); i++) {
            if (Lines.distance(point, outline.get(i), outline.get((i + 1) % outline.size())) < tolerance) {
                return Optional.of(sides.get(i));
            }
        }
        return Optional.empty();
    }

    private static Optional<Block> face(
            StreetNetwork network, List<List<Half>> leaving, Half start, HashSet<Half> seen) {
        var outline = new ArrayList<Point>();
        var sides = new ArrayList<RoadClass>();
        for (var half = start; seen.add(half); half = next(network, leaving, half)) {
            var line = Lines.simplified(line(network, half), SIMPLIFIED);
            outline.addAll(line.subList(0, line.size() - 1));
            for (var i = 1; i < line.size(); i++) {
                sides.add(network.edges().get(half.edge).roadClass());
            }
        }
        return Lines.area(outline) > 0
                ? Optional.of(new Block(List.copyOf(outline), List.copyOf(sides)))
                : Optional.empty();
    }

    /// At the end of an edge, the first one to the right of the way back: so the face stays to the left.
    private static Half next(StreetNetwork network, List<List<Half>> leaving, Half half) {
        var edge = network.edges().get(half.edge);
        var around = leaving.get(half.isForward ? edge.to() : edge.from());
        var back = around.indexOf(new Half(half.edge, !half.isForward));
        return around.get((back + around.size() - 1) % around.size());
    }

    private static double angle(StreetNetwork network, Half half) {
        var line = line(network, half);
        return line.get(1).minus(line.getFirst()).angle();
    }

    private static List<Point> line(StreetNetwork network, Half half) {
        var line = network.edges().get(half.edge).line();
        return half.isForward ? line : line.reversed();
    }
}
