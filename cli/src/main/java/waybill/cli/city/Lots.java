package waybill.cli.city;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// The buildings of a block: it is divided in two until its pieces are lots, and each lot has its building.
///
/// @param density from 0, houses with gardens, to 1, rows of high buildings
record Lots(Block block, double density, SplittableRandom random) {

    private static final int DEPTH_MAX = 9;
    private static final double BUILDING_MIN = 70;
    private static final double ON_STREET = 1.5;

    List<List<Point>> buildings() {
        var buildings = new ArrayList<List<Point>>();
        divide(block.outline(), 0, buildings);
        return buildings;
    }

    private void divide(List<Point> piece, int depth, List<List<Point>> buildings) {
        var area = Lines.area(piece);
        var target = 560 + 900 * density + 300 * random.nextDouble();
        if (depth >= DEPTH_MAX || area < target) {
            build(piece, buildings);
            return;
        }
        var along = longestSide(piece);
        var across = along.left();
        var width = extent(piece, along);
        var depthExtent = extent(piece, across);
        var axis = width.size() >= depthExtent.size() ? along : across;
        var extent = width.size() >= depthExtent.size() ? width : depthExtent;
        var cut = axis.times(extent.from + extent.size() * (0.42 + 0.16 * random.nextDouble()));
        divide(Lines.leftOf(piece, cut, axis.left().times(-1)), depth + 1, buildings);
        divide(Lines.leftOf(piece, cut, axis.left()), depth + 1, buildings);
    }

    private void build(List<Point> lot, List<List<Point>> buildings) {
        var building = lot;
        var isOnStreet = false;
        for (var i = 0; i < lot.size(); i++) {
            var from = lot.get(i);
            var to = lot.get((i + 1) % lot.size());
            var street = block.sideAt(from.towards(to, 0.5), ON_STREET);
            isOnStreet |= street.isPresent();
            var distance = street.map(side -> side.halfWidth() + 3.5 * (1 - density))
                    .orElse(0.5 + (1 - density) * (2 + 2.5 * random.nextDouble()));
            var inward = to.minus(from).left().unit().times(distance);
            building = Lines.leftOf(building, from.plus(inward), to.minus(from));
        }
        var isKept = random.nextDouble() < (isOnStreet ? 0.86 + 0.12 * density : 0.25 * density);
        if (isKept && building.size() > 2 && Lines.area(building) > BUILDING_MIN) {
            buildings.add(List.copyOf(building));
        }
    }

    /// The range of a piece along an axis.
    private record Extent(double from, double to) {

        double size() {
            return to - from;
        }
    }

    private static Extent extent(List<Point> piece, Point axis) {
        var from = Double.MAX_VALUE;
        var to = -Double.MAX_VALUE;
        for (var corner : piece) {
            from = Math.min(from, corner.dot(axis));
            to = Math.max(to, corner.dot(axis));
        }
        return new Extent(from, to);
    }

    private static Point longestSide(List<Point> piece) {
        var longest = new Point(1, 0);
        var length = 0.0;
        for (var i = 0; i < piece.size(); i++) {
            var side = piece.get((i + 1) % piece.size()).minus(piece.get(i));
            if (side.length() > length) {
                length = side.length();
                longest = side.unit();
            }
        }
        return longest;
    }
}
