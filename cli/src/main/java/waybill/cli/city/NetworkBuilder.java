package waybill.cli.city;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import waybill.cli.city.StreetNetwork.Edge;

/// Cuts lines where they cross, and leaves out what leads nowhere.
final class NetworkBuilder {

    /// Crossings nearer than that are one.
    private static final double MERGED = 12;

    /// Two streets between the same crossings are one if their lengths differ by less.
    private static final double TWIN = 40;

    private final List<StreetLine> lines;
    private final List<Point> nodes = new ArrayList<>();
    private final PointGrid<Integer> nodeGrid = new PointGrid<>(MERGED);
    private final List<List<Cut>> cuts;
    private final List<Edge> edges = new ArrayList<>();
    private final Map<Long, List<Double>> lengths = new HashMap<>();

    /// A crossing on a line.
    ///
    /// @param place the index of a point, and the share of the way to the next one
    private record Cut(double place, int node) {}

    private NetworkBuilder(List<StreetLine> lines) {
        this.lines = lines;
        cuts = lines.stream().map(_ -> (List<Cut>) new ArrayList<Cut>()).toList();
    }

    static StreetNetwork of(List<StreetLine> lines) {
        var builder = new NetworkBuilder(lines);
        builder.cut();
        for (var i = 0; i < lines.size(); i++) {
            builder.connect(i);
        }
        return Pruning.pruned(new StreetNetwork(builder.nodes, builder.edges));
    }

    private void cut() {
        var segments = new SegmentGrid();
        for (var i = 0; i < lines.size(); i++) {
            var points = lines.get(i).points();
            for (var at = 1; at < points.size(); at++) {
                cut(segments, new SegmentGrid.Segment(i, at - 1, points.get(at - 1), points.get(at)));
            }
            segments.addAll(i, points);
            cuts.get(i).add(new Cut(0, node(points.getFirst())));
            cuts.get(i).add(new Cut(points.size() - 1, node(points.getLast())));
        }
    }

    private void cut(SegmentGrid earlier, SegmentGrid.Segment segment) {
        for (var other : earlier.near(segment.from(), segment.to())) {
            segment.crossing(other.from(), other.to()).ifPresent(otherShare -> {
                var point = other.from().towards(other.to(), otherShare);
                var share = segment.from().distanceTo(point)
                        / Math.max(1e-9, segment.from().distanceTo(segment.to()));
                var node = node(point);
                cuts.get(segment.line()).add(new Cut(segment.index() + share, node));
                cuts.get(other.line()).add(new Cut(other.index() + otherShare, node));
            });
        }
    }

    private int node(Point point) {
        var nearest = nodeGrid.near(point, MERGED).stream()
                .min(Comparator.comparingDouble(entry -> entry.point().distanceTo(point)));
        if (nearest.isPresent()) {
            return nearest.get().value();
        }
        nodes.add(point);
        nodeGrid.add(point, nodes.size() - 1);
        return nodes.size() - 1;
    }

    private void connect(int index) {
        var points = lines.get(index).points();
        var sorted = cuts.get(index).stream()
                .sorted(Comparator.comparingDouble(Cut::place).thenComparingInt(Cut::node))
                .toList();
        for (var i = 1; i < sorted.size(); i++) {
            var from = sorted.get(i - 1);
            var to = sorted.get(i);
            if (from.node != to.node) {
                var start = nodes.get(from.node);
                var end = nodes.get(to.node);
                var line = new ArrayList<Point>();
                line.add(start);
                IntStream.rangeClosed((int) Math.floor(from.place) + 1, (int) Math.ceil(to.place) - 1)
                        .mapToObj(points::get)
                        .filter(point -> point.distanceTo(start) > MERGED / 2 && point.distanceTo(end) > MERGED / 2)
                        .forEach(line::add);
                line.add(end);
                add(Edge.of(from.node, to.node, line, lines.get(index).roadClass(), index, false));
            }
        }
    }

    private void add(Edge edge) {
        var key = ((long) Math.min(edge.from(), edge.to()) << 32) | Math.max(edge.from(), edge.to());
        var twins = lengths.computeIfAbsent(key, _ -> new ArrayList<>());
        if (twins.stream().noneMatch(length -> Math.abs(length - edge.length()) < TWIN)) {
            twins.add(edge.length());
            edges.add(edge);
        }
    }
}
