package waybill.geo;

import java.util.List;

/// A part of the Earth's surface, smaller than a quarter of it.
public sealed interface Area {

    boolean contains(Position position);

    /// All that is within a distance of its centre.
    record Circle(Position centre, double radiusMetres) implements Area {

        public static final double RADIUS_MAX = 1_000_000;

        public Circle {
            if (!(radiusMetres >= 1 && radiusMetres <= RADIUS_MAX)) { // so written that NaN fails too
                throw new IllegalArgumentException("radius: " + radiusMetres + " (expected: 1..1000000)");
            }
        }

        @Override
        public boolean contains(Position position) {
            return centre.metresTo(position) <= radiusMetres;
        }
    }

    /// All that is within a ring of corners. The ring is closed by itself, and may be closed by its last corner, too;
    /// it may cross the antimeridian.
    record Polygon(List<Position> corners) implements Area {

        public static final int CORNERS_MIN = 3;
        public static final int CORNERS_MAX = 100;

        /// A ring that is wider than this could mean its inside or its outside.
        private static final double WIDTH_MAX = 90;

        private static final double HALF_TURN = 180;
        private static final double TURN = 360;

        public Polygon {
            corners = List.copyOf(corners);
            if (corners.size() < CORNERS_MIN || corners.size() > CORNERS_MAX) {
                throw new IllegalArgumentException(
                        "polygon: " + corners.size() + " corners (expected: " + CORNERS_MIN + ".." + CORNERS_MAX + ")");
            }
            for (var corner : corners) {
                if (Math.abs(eastOf(corners.getFirst(), corner)) > WIDTH_MAX) {
                    throw new IllegalArgumentException(
                            "polygon: a corner is more than 90 degrees of longitude from the first (expected: at most 90)");
                }
            }
        }

        /// How many degrees of longitude `position` is east of `from`, the shorter way round.
        private static double eastOf(Position from, Position position) {
            var east = position.longitude() - from.longitude();
            if (east > HALF_TURN) {
                return east - TURN;
            }
            return east < -HALF_TURN ? east + TURN : east;
        }

        /// Counts the sides that a line to the east crosses: an odd number from within.
        @Override
        public boolean contains(Position position) {
            var first = corners.getFirst();
            var x = eastOf(first, position);
            var y = position.latitude();
            var isInside = false;
            var last = corners.getLast();
            var lastX = eastOf(first, last);
            for (var corner : corners) {
                var cornerX = eastOf(first, corner);
                if (corner.latitude() > y != last.latitude() > y
                        && x
                                < cornerX
                                        + (lastX - cornerX)
                                                * (y - corner.latitude())
                                                / (last.latitude() - corner.latitude())) {
                    isInside = !isInside;
                }
                last = corner;
                lastX = cornerX;
            }
            return isInside;
        }
    }
}
