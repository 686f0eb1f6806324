package waybill.hub.position;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import waybill.geo.Position;

/// A spatial index: a grid of cells of some five kilometres, of which a row has the fewer the nearer it is to a
/// pole. Elements are added to cells and removed from them by their owners; any thread reads without a lock.
final class PositionGrid<E> {

    private static final double CELL_DEGREES = 0.05;
    private static final int ROWS = (int) Math.round(180 / CELL_DEGREES);

    /// Less than a degree of latitude has, so that an area comes out somewhat too large.
    private static final double METRES_PER_DEGREE_MIN = 111_000;

    /// More than rounding errors add up to.
    private static final double MARGIN_DEGREES = 1e-6;

    private static final int[] COLUMNS =
            IntStream.range(0, ROWS).map(PositionGrid::columnsOf).toArray();

    private final Map<Long, Set<E>> cells = new ConcurrentHashMap<>();

    /// The cell of a position.
    static long cell(Position position) {
        var row = row(position.latitude());
        return cell(row, Math.floorMod(column(row, position.longitude()), COLUMNS[row]));
    }

    private static long cell(int row, int column) {
        return (long) row << Integer.SIZE | column;
    }

    private static int row(double latitude) {
        return Math.clamp((long) Math.floor((latitude + 90) / CELL_DEGREES), 0, ROWS - 1);
    }

    private static int columnsOf(int row) {
        var latitude = (row + 0.5) * CELL_DEGREES - 90;
        return Math.max(1, (int) (360 / CELL_DEGREES * Math.cos(Math.toRadians(latitude))));
    }

    /// The column of a longitude, counted on beyond the antimeridian.
    private static int column(int row, double longitude) {
        return (int) Math.floor((longitude + 180) / 360 * COLUMNS[row]);
    }

    void add(long cell, E element) {
        cells.compute(cell, (_, elements) -> {
            var all = elements == null ? ConcurrentHashMap.<E>newKeySet() : elements;
            all.add(element);
            return all;
        });
    }

    void remove(long cell, E element) {
        cells.computeIfPresent(cell, (_, elements) -> {
            elements.remove(element);
            return elements.isEmpty() ? null : elements;
        });
    }

    /// Passes on the elements of all cells that a circle touches, and some from around it; an element of two cells
    /// may be passed on twice.
    void forEachNear(Position centre, double radiusMetres, Consumer<E> action) {
        var north = radiusMetres / METRES_PER_DEGREE_MIN + MARGIN_DEGREES;
        var east = longitudeReach(centre.latitude(), north);
        var from = row(centre.latitude() - north);
        var to = row(centre.latitude() + north);
        if ((to - from + 1) * (2 * east / CELL_DEGREES + 2) > cells.size()) {
            cells.values().forEach(elements -> elements.forEach(action));
            return;
        }
        for (var row = from; row <= to; row++) {
            var columns = COLUMNS[row];
            var first = column(row, centre.longitude() - east);
            var last = Math.min(column(row, centre.longitude() + east), first + columns - 1);
            for (var column = first; column <= last; column++) {
                var elements = cells.get(cell(row, Math.floorMod(column, columns)));
                if (elements != null) {
                    elements.forEach(action);
                }
            }
        }
    }

    /// How far a circle of `degrees` around a point reaches to the east and to the west. One that holds a pole
    /// reaches all around.
    private static double longitudeReach(double latitude, double degrees) {
        if (Math.abs(latitude) + degrees >= 90) {
            return 180;
        }
        var sine = Math.sin(Math.toRadians(degrees)) / Math.cos(Math.toRadians(latitude));
        return Math.toDegrees(Math.asin(Math.min(1, sine))) + MARGIN_DEGREES;
    }
}
