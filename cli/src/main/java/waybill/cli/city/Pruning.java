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

    private static List<Edge> largestPart(int crossings, List<Edge> edges) {
        var neighbours = new ArrayList<List<Integer>>();
        for (var i = 0; i < crossings; i++) {
            neighbours.add(new ArrayList<>());
        }
        for (var edge : edges) {
            neighbours.get(edge.from()).add(edge.to());
            neighbours.get(edge.to()).add(edge.from());
        }
        var part = new int[crossings];
        var sizes = new ArrayList<>(List.of(0));
        for (var start = 0; start < crossings; start++) {
            if (part[start] == 0) {
                sizes.add(mark(start, sizes.size(), part, neighbours));
            }
        }
        var largest = sizes.indexOf(sizes.stream().max(Integer::compare).orElseThrow());
        return edges.stream().filter(edge -> part[edge.from()] == largest).toList();
    }

    private static int mark(int start, int number, int[] part, List<List<Integer>> neighbours) {
        var waiting = new ArrayDeque<>(List.of(start));
        part[start] = number;
        var size = 0;
        while (!waiting.isEmpty()) {
            size++;
            for (var next : neighbours.get(waiting.removeFirst())) {
                if (part[next] == 0) {
                    part[next] = number;
                    waiting.add(next);
                }
            }
        }
        return size;
    }

    private static StreetNetwork numbered(List<Point> crossings, List<Edge> edges) {
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
                                edge.street()))
                        .toList());
    }
}
