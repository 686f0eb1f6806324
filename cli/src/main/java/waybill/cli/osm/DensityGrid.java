package waybill.cli.osm;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import waybill.geo.Position;

/// Counts places in cells, to find where they are densest.
final class DensityGrid {

    /// The height of a cell in degrees: some 440 m. A cell is as wide as it is high.
    private static final double CELL = 0.004;

    /// Cells on each side of one, whose places count for it: some 2 km.
    private static final int REACH = 4;

    private static final Comparator<Position> BY_PLACE =
            Comparator.comparingDouble(Position::latitude).thenComparingDouble(Position::longitude);

    private record Cell(int row, int column) {}

    private final Map<Cell, Integer> counts = new HashMap<>();

    void add(Position place) {
        counts.merge(cell(place.latitude(), place.longitude()), 1, Integer::sum);
    }

    /// The middle of the places around the cell that has the most of them around it.
    Optional<Position> densest() {
        return counts.keySet().stream()
                .map(this::around)
                .max(Comparator.comparingLong(Places::count).thenComparing(Places::middle, BY_PLACE))
                .map(Places::middle);
    }

    /// @param middle of the places
    private record Places(long count, Position middle) {}

    private Places around(Cell cell) {
        var centre = middle(cell);
        var count = 0L;
        var latitudes = 0.0;
        var longitudes = 0.0;
        for (var row = -REACH; row <= REACH; row++) {
            var other = cell(centre.latitude() + row * CELL, centre.longitude());
            for (var column = -REACH; column <= REACH; column++) {
                var one = new Cell(other.row, other.column + column);
                var places = counts.getOrDefault(one, 0);
                count += places;
                latitudes += places * middle(one).latitude();
                longitudes += places * middle(one).longitude();
            }
        }
        return new Places(count, new Position(latitudes / count, longitudes / count));
    }

    private static Cell cell(double latitude, double longitude) {
        var row = (int) Math.floor(latitude / CELL);
        return new Cell(row, (int) Math.floor(longitude / width(row)));
    }

    private static Position middle(Cell cell) {
        return new Position((cell.row + 0.5) * CELL, (cell.column + 0.5) * width(cell.row));
    }

    private static double width(int row) {
        return CELL / Math.max(0.01, Math.cos(Math.toRadians((row + 0.5) * CELL)));
    }
}
