package waybill.dispatch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import waybill.geo.Position;

/// Finds for an order the drivers that can be at its store first, by the straight line and the typical speed of their
/// vehicles.
///
/// A position is a point on the unit sphere, so that a comparison takes no trigonometry: the square of the chord
/// between two points grows with their distance. Not thread-safe.
final class CandidateSearch {

    private final double[] x;
    private final double[] y;
    private final double[] z;
    private final double[] freeInS;
    private final double[] secondsPerUnit;
    private final List<AvailableDriver> drivers;
    private final boolean hasAreas;
    private final double[] bestSeconds;
    private final int[] best;
    private final Map<Position, int[]> found = new HashMap<>(); // by store, while no driver has an area

    CandidateSearch(List<AvailableDriver> drivers, long nowMs, DispatchLimits limits) {
        var count = drivers.size();
        x = new double[count];
        y = new double[count];
        z = new double[count];
        freeInS = new double[count];
        secondsPerUnit = new double[count];
        this.drivers = drivers;
        hasAreas = drivers.stream().anyMatch(driver -> driver.areaOrNone() != null);
        var typical = Position.EARTH_RADIUS_METRES / limits.metresPerSecond();
        for (var i = 0; i < count; i++) {
            var driver = drivers.get(i);
            setPoint(i, driver.position());
            freeInS[i] = Math.max(0, driver.freeAtMs() - nowMs) / 1_000.0;
            secondsPerUnit[i] = typical / driver.vehicle().speedFactor();
        }
        var max = Math.min(limits.candidatesMax(), count);
        bestSeconds = new double[max];
        best = new int[max];
    }

    private void setPoint(int index, Position position) {
        var latitude = Math.toRadians(position.latitude());
        var longitude = Math.toRadians(position.longitude());
        x[index] = Math.cos(latitude) * Math.cos(longitude);
        y[index] = Math.cos(latitude) * Math.sin(longitude);
        z[index] = Math.sin(latitude);
    }

    /// The indices of the drivers that can be at the store of `order` first and deliver to its customer, the earliest
    /// first.
    int[] earliestFor(WaitingOrder order) {
        return hasAreas
                ? search(order.pickup(), order.dropoff())
                : found.computeIfAbsent(order.pickup(), store -> search(store, order.dropoff()));
    }

    private int[] search(Position store, Position dropoff) {
        var latitude = Math.toRadians(store.latitude());
        var longitude = Math.toRadians(store.longitude());
        var storeX = Math.cos(latitude) * Math.cos(longitude);
        var storeY = Math.cos(latitude) * Math.sin(longitude);
        var storeZ = Math.sin(latitude);
        var count = 0;
        var slowest =
                best.length == 0 ? 0 : Double.POSITIVE_INFINITY; // of the drivers found, once there are enough of them
        for (var i = 0; i < x.length; i++) {
            var dx = x[i] - storeX;
            var dy = y[i] - storeY;
            var dz = z[i] - storeZ;
            var square = dx * dx + dy * dy + dz * dz;
            var reach = (slowest - freeInS[i]) / secondsPerUnit[i];
            if (reach > 0 && square < reach * reach && drivers.get(i).serves(store, dropoff)) {
                count = insert(i, freeInS[i] + secondsPerUnit[i] * Math.sqrt(square), count);
                slowest = count < best.length ? Double.POSITIVE_INFINITY : bestSeconds[count - 1];
            }
        }
        return Arrays.copyOf(best, count);
    }

    private int insert(int driver, double seconds, int count) {
        var at = count < best.length ? count : count - 1;
        for (; at > 0 && bestSeconds[at - 1] > seconds; at--) {
            bestSeconds[at] = bestSeconds[at - 1];
            best[at] = best[at - 1];
        }
        bestSeconds[at] = seconds;
        best[at] = driver;
        return Math.min(count + 1, best.length);
    }
}
