package waybill.cli.city;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import waybill.cli.city.StreetNetwork.Edge;

/// Leaves of a network what can be driven round: no dead ends, and no street that the others do not reach.
final class Pruning {

    private Pruning() {}

    static StreetNetwork pruned(StreetNetwork network) {
        var edges = largestPart(network.crossings().size(), network.edges());
        for (var before = -1; before != edges.size(); ) {
            before = edges.size();
            edges = withoutDeadEnds(network.crossings().size(), edges);
        }
        return numbered(network.crossings(), edges);
    }

    private static List<Edge> withoutDeadEnds(int crossings, List<Edge> edges) {
        var degrees = new int[crossings];
        for (var edge : edges) {
            degrees[edge.from()]++;
            degrees[edge.to()]++;
        }
        return edges.stream()
                .filter(edge -> degrees[edge.from()] > 1 && degrees[edge.to()] > 1)
                .toList();
    }

    /// The streets of the largest part in which each crossing is reached from each other one (Sharir, 1981): what is
    /// reached backwards from a crossing, taken in the opposite order of that in which the ways forward end.
    static List<Edge> largestPart(int crossings, List<Edge> edges) {
        var order = new ArrayList<Integer>();
        var forward = neighbours(crossings, edges, true);
        var isSeen = new boolean[crossings];
        for (var start = 0; start < crossings; start++) {
            follow(start, forward, isSeen, order);
        }
        var backward = neighbours(crossings, edges, false);
        var part = new int[crossings];
        var largest = 0;
        var size = 0;
        Arrays.fill(isSeen, false);
        for (var start : order.reversed()) {
            var reached = new ArrayList<Integer>();
            follow(start, backward, isSeen, reached);
            for (var crossing : reached) {
                part[crossing] = start;
            }
            if (reached.size() > size) {
                size = reached.size();
                largest = start;
            }
        }
        var chosen = largest;
        return edges.stream()
                .filter(edge -> part[edge.from()] == chosen && part[edge.to()] == chosen)
                .toList();
    }

    private static List<List<Integer>> neighbours(int crossings, List<Edge> edges, boolean isForward) {
        var neighbours = new ArrayList<List<Integer>>();
        for (var i = 0; i < crossings; i++) {
            neighbours.add(new ArrayList<>());
        }
        for (var edge : edges) {
            if (isForward || !edge.isOneWay()) {
                neighbours.get(edge.from()).add(edge.to());
            }
            if (!isForward || !edge.isOneWay()) {
                neighbours.get(edge.to()).add(edge.from());
            }
        }
        return neighbours;
    }

    /// Adds what is reached from `start` and has not been seen, each crossing after all that follow it.
    private static void follow(int start, List<List<Integer>> neighbours, boolean[] isSeen, List<Integer> order) {
        if (isSeen[start]) {
            return;
        }
        isSeen[start] = true;
        var path = new ArrayDeque<>(List.of(start));
        var onward = new ArrayDeque<>(List.of(neighbours.get(start).iterator()));
        while (!path.isEmpty()) {
            if (!onward.getLast().hasNext()) {
                order.add(path.removeLast());
                onward.removeLast();
                continue;
            }
            var next = onward.getLast().next();
            if (!isSeen[next]) {
                isSeen[next] = true;
                path.add(next);
                onward.add(neighbours.get(next).iterator());
            }
        }
    }

    static StreetNetwork numbered(List<Point> crossings, List<Edge> edges) {
        var numbers = new int[crossings.size()];
        Arrays.fill(numbers, -1);
        var kept = new ArrayList<Point>();
        for (var edge : edges) {
            for (var crossing : new int[] {edge.from(), edge.to()}) {
                if (numbers[crossing] < 0) {
                    numbers[crossing] = kept.size();
                    kept.add(crossings.get(crossing));
                }
            }
        }
        return new StreetNetwork(
                List.copyOf(kept),
                edges.stream()
                        .map(edge -> new Edge(
                                numbers[edge.from()],
                                numbers[edge.to()],
                                edge.line(),
                                edge.length(),
                                edge.roadClass(),
                                edge.street(),
                                edge.isOneWay()))
                        .toList());
    }
}
