package waybill.cli.city;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import waybill.cli.city.Address.Stop;
import waybill.cli.city.StreetNetwork.Edge;

/// Finds the fastest way between two places (Dijkstra, 1959).
public final class Routes {

    private final StreetNetwork network;
    private final List<List<Integer>> leaving = new ArrayList<>();

    Routes(StreetNetwork network) {
        this.network = network;
        network.crossings().forEach(_ -> leaving.add(new ArrayList<>()));
        for (var i = 0; i < network.edges().size(); i++) {
            var edge = network.edges().get(i);
            leaving.get(edge.from()).add(i);
            if (!edge.isOneWay()) {
                leaving.get(edge.to()).add(i);
            }
        }
    }

    private record Reached(int crossing, double seconds) {}

    public Route route(Stop from, Stop to) {
        var points = new Points();
        if (from.edge() == to.edge() && (from.way() <= to.way() || !edge(from).isOneWay())) {
            points.add(piece(network.edges().get(from.edge()), from.way(), to.way()), edge(from));
            return points.route();
        }
        var start = edge(from);
        var end = edge(to);
        var search = new Search();
        if (!start.isOneWay()) {
            search.reach(start.from(), from.way() / start.roadClass().speed(), -1);
        }
        search.reach(
                start.to(), (start.length() - from.way()) / start.roadClass().speed(), -1);
        search.run();
        var byFirst = search.seconds[end.from()] + to.way() / end.roadClass().speed();
        var bySecond = search.seconds[end.to()]
                + (end.length() - to.way()) / end.roadClass().speed();
        var last = end.isOneWay() || byFirst <= bySecond ? end.from() : end.to();
        var edges = search.edgesTo(last);
        var first = last;
        for (var edge : edges.reversed()) {
            first = other(edge, first);
        }
        points.add(piece(start, from.way(), first == start.from() ? 0 : start.length()), start);
        var here = first;
        for (var edge : edges) {
            points.add(edge.lineFrom(here), edge);
            here = other(edge, here);
        }
        points.add(piece(end, last == end.from() ? 0 : end.length(), to.way()), end);
        return points.route();
    }

    /// Where a stop is.
    public Point place(Stop stop) {
        return Lines.along(edge(stop).line(), stop.way());
    }

    private Edge edge(Stop stop) {
        return network.edges().get(stop.edge());
    }

    private static int other(Edge edge, int crossing) {
        return edge.from() == crossing ? edge.to() : edge.from();
    }

    /// The part of an edge between two distances, in that direction.
    private static List<Point> piece(Edge edge, double from, double to) {
        var low = Math.min(from, to);
        var high = Math.max(from, to);
        var points = new ArrayList<Point>();
        points.add(Lines.along(edge.line(), low));
        var way = 0.0;
        for (var i = 1; i < edge.line().size() - 1; i++) {
            way += edge.line().get(i - 1).distanceTo(edge.line().get(i));
            if (way > low && way < high) {
                points.add(edge.line().get(i));
            }
        }
        points.add(Lines.along(edge.line(), high));
        return from <= to ? points : points.reversed();
    }

    private final class Search {

        private final double[] seconds = new double[leaving.size()];
        private final int[] by = new int[leaving.size()];
        private final PriorityQueue<Reached> waiting =
                new PriorityQueue<>(Comparator.comparingDouble(Reached::seconds).thenComparingInt(Reached::crossing));

        Search() {
            Arrays.fill(seconds, Double.MAX_VALUE);
        }

        void reach(int crossing, double time, int edge) {
            if (time < seconds[crossing]) {
                seconds[crossing] = time;
                by[crossing] = edge;
                waiting.add(new Reached(crossing, time));
            }
        }

        void run() {
            for (var next = waiting.poll(); next != null; next = waiting.poll()) {
                if (next.seconds == seconds[next.crossing]) {
                    for (var edge : leaving.get(next.crossing)) {
                        var street = network.edges().get(edge);
                        reach(other(street, next.crossing), next.seconds + street.seconds(), edge);
                    }
                }
            }
        }

        List<Edge> edgesTo(int crossing) {
            var edges = new ArrayList<Edge>();
            for (var here = crossing; by[here] >= 0; here = other(edges.getLast(), here)) {
                edges.add(network.edges().get(by[here]));
            }
            return edges.reversed();
        }
    }

    /// Points with the time at which they are passed.
    private static final class Points {

        private final List<Point> points = new ArrayList<>();
        private final List<Double> seconds = new ArrayList<>();

        void add(List<Point> line, Edge edge) {
            for (var point : line) {
                if (points.isEmpty()) {
                    points.add(point);
                    seconds.add(0.0);
                } else if (!points.getLast().equals(point)) {
                    seconds.add(seconds.getLast()
                            + points.getLast().distanceTo(point)
                                    / edge.roadClass().speed());
                    points.add(point);
                }
            }
        }

        Route route() {
            return new Route(List.copyOf(points), List.copyOf(seconds));
        }
    }
}
