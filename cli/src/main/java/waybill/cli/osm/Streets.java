package waybill.cli.osm;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import waybill.cli.city.Address;
import waybill.cli.city.Addresses;
import waybill.cli.city.Point;
import waybill.cli.city.StreetNetwork;
import waybill.cli.city.StreetNetwork.Edge;
import waybill.cli.osm.Feature.Direction;

/// The streets of a city, cut where they meet.
///
/// Each is a list of nodes; streets that have a node in common meet there.
final class Streets {

    /// The number of what has no doors: a street without a name, a bridge.
    private static final int NAMELESS = 0;

    private record Line(List<Long> nodes, Feature.Street street, int number) {}

    private final Map<Long, Point> points;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> names = new ArrayList<>(List.of(""));
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, Integer> uses = new HashMap<>();
    private final List<Point> crossings = new ArrayList<>();
    private final Map<Long, Integer> crossingNumbers = new HashMap<>();

    /// @param points the places of the nodes
    Streets(Map<Long, Point> points) {
        this.points = points;
    }

    /// @param nodes two or more, that have a place
    void add(List<Long> nodes, Feature.Street street, String name) {
        var number = !street.hasDoors() || name.isEmpty()
                ? NAMELESS
                : numbers.computeIfAbsent(name, _ -> {
                    names.add(name);
                    return names.size() - 1;
                });
        lines.add(new Line(street.direction() == Direction.BACKWARD ? nodes.reversed() : nodes, street, number));
        nodes.forEach(node -> uses.merge(node, 1, Integer::sum));
    }

    StreetNetwork network() {
        var edges = new ArrayList<Edge>();
        for (var line : lines) {
            var from = 0;
            for (var to = 1; to < line.nodes.size(); to++) {
                if (to == line.nodes.size() - 1 || uses.getOrDefault(line.nodes.get(to), 0) > 1) {
                    addEdge(edges, line, line.nodes.subList(from, to + 1));
                    from = to;
                }
            }
        }
        return StreetNetwork.connected(crossings, edges);
    }

    List<Address> addresses(StreetNetwork network) {
        return Addresses.along(network, names, _ -> true, _ -> true);
    }

    /// A street that leads back to where it begins is left out: it leads nowhere.
    private void addEdge(List<Edge> edges, Line line, List<Long> nodes) {
        var from = crossing(nodes.getFirst());
        var to = crossing(nodes.getLast());
        if (from != to) {
            edges.add(Edge.of(
                    from,
                    to,
                    nodes.stream().map(this::point).toList(),
                    line.street.roadClass(),
                    line.number,
                    line.street.direction() != Direction.BOTH));
        }
    }

    private int crossing(Long node) {
        return crossingNumbers.computeIfAbsent(node, _ -> {
            crossings.add(point(node));
            return crossings.size() - 1;
        });
    }

    private Point point(Long node) {
        return Objects.requireNonNull(points.get(node), "the place of a node");
    }
}
