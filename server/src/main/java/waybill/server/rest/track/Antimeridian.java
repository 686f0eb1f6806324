package waybill.server.rest.track;

import java.util.ArrayList;
import java.util.List;
import waybill.geo.Position;

/// Cuts lines where they cross the meridian of 180 degrees, as RFC 7946 requires: a map would draw them around the
/// Earth in the other direction.
final class Antimeridian {

    private static final double END = 180;
    private static final double ROUND = 360;

    private Antimeridian() {}

    /// The parts of a line, each of at least two points. None for a shorter line.
    static List<List<Position>> split(List<Position> line) {
        var parts = new ArrayList<List<Position>>();
        var part = new ArrayList<Position>();
        for (var to : line) {
            if (!part.isEmpty() && Math.abs(to.longitude() - part.getLast().longitude()) > END) {
                var from = part.getLast();
                var end = from.longitude() > 0 ? END : -END;
                var latitude = latitudeAt(end, from, to);
                add(part, new Position(latitude, end));
                addLine(parts, part);
                part = new ArrayList<>();
                part.add(new Position(latitude, -end));
            }
            add(part, to);
        }
        addLine(parts, part);
        return parts;
    }

    private static double latitudeAt(double end, Position from, Position to) {
        var length = to.longitude() + Math.copySign(ROUND, end) - from.longitude();
        return from.latitude() + (to.latitude() - from.latitude()) * (end - from.longitude()) / length;
    }

    /// A cut is at a point of the line where that lies on the meridian itself.
    private static void add(List<Position> part, Position next) {
        if (part.isEmpty() || !part.getLast().equals(next) || Math.abs(next.longitude()) != END) {
            part.add(next);
        }
    }

    private static void addLine(List<List<Position>> parts, List<Position> part) {
        if (part.size() > 1) {
            parts.add(List.copyOf(part));
        }
    }
}
