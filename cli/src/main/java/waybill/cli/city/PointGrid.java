package waybill.cli.city;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Points with a value, by cells, so that those near a place are found at once.
final class PointGrid<T> {

    private final double size;
    private final Map<Long, List<Entry<T>>> cells = new HashMap<>();

    record Entry<T>(Point point, T value) {}

    PointGrid(double size) {
        this.size = size;
    }

    void add(Point point, T value) {
        cells.computeIfAbsent(cell(floor(point.x()), floor(point.y())), _ -> new ArrayList<>())
                .add(new Entry<>(point, value));
    }

    /// The entries within `distance`, in an order that the insertions determine.
    List<Entry<T>> near(Point point, double distance) {
        var found = new ArrayList<Entry<T>>();
        for (var x = floor(point.x() - distance); x <= floor(point.x() + distance); x++) {
            for (var y = floor(point.y() - distance); y <= floor(point.y() + distance); y++) {
                for (var entry : cells.getOrDefault(cell(x, y), List.of())) {
                    if (entry.point.distanceTo(point) <= distance) {
                        found.add(entry);
                    }
                }
            }
        }
        return found;
    }

    private int floor(double coordinate) {
        return (int) Math.floor(coordinate / size);
    }

    private static long cell(int x, int y) {
        return ((long) x << 32) | (y & 0xffff_ffffL);
    }
}
