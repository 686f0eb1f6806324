package waybill.hub.position;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The numbers by which frames name drivers, in the order in which the drivers were first seen. Not thread-safe.
public final class FleetTable {

    private final int number;
    private final int driversMax;
    private final Map<String, Integer> indexes = new HashMap<>();
    private final List<String> drivers = new ArrayList<>();

    private FleetTable(int number, int driversMax) {
        this.number = number;
        this.driversMax = driversMax;
    }

    /// A table that is replaced once it has more than `driversMax` drivers.
    public static FleetTable first(int driversMax) {
        return new FleetTable(1, driversMax);
    }

    /// The table to use from now on: another one, which is empty, when too many drivers of this one are gone.
    public FleetTable next() {
        return drivers.size() > driversMax ? new FleetTable(number + 1, driversMax) : this;
    }

    /// A client starts anew with each number.
    public int number() {
        return number;
    }

    public int indexOf(String driver) {
        return indexes.computeIfAbsent(driver, one -> {
            drivers.add(one);
            return drivers.size() - 1;
        });
    }

    public String driver(int index) {
        return drivers.get(index);
    }
}
