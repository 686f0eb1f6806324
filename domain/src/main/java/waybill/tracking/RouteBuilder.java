package waybill.tracking;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Builds the driven route from the history in order of time, in one leg for each driver. It stores a limited number of
/// points. Confined to one thread.
public final class RouteBuilder {

    /// Shorter steps are noise of a phone that does not move, and add no length.
    public static final double STEP_MIN_METRES = 15;

    /// A point of the route.
    ///
    /// @param leg the index of its leg, from 0
    /// @param isPlausible whether it counts for the length
    public record RoutePoint(int leg, Fix fix, boolean isPlausible) {}

    private final int pointsMax;
    private final double speedMax;
    private final ArrayList<RoutePoint> points = new ArrayList<>();
    private @Nullable RoutePoint last;
    private @Nullable Fix stepFrom;
    private @Nullable DriverTrackState trackState;
    private int leg;
    private int count;
    private int stride = 1;
    private double metres;

    /// @param pointsMax of more points, every second one is dropped, or every fourth, and so on; at least 2
    /// @param speedMax as in [DriverTrackState#next]
    public RouteBuilder(int pointsMax, double speedMax) {
        if (pointsMax < 2) {
            throw new IllegalArgumentException("pointsMax: " + pointsMax + " (expected: at least 2)");
        }
        this.pointsMax = pointsMax;
        this.speedMax = speedMax;
    }

    /// Adds a point that is not older than the one before it in the same leg. The gap between two legs adds no length.
    public void add(int legOfFix, ClassifiedFix classified) {
        if (legOfFix != leg) {
            leg = legOfFix;
            stepFrom = null;
            trackState = null;
        }
        var point = new RoutePoint(leg, classified.fix(), isPlausible(classified));
        if (point.isPlausible()) {
            addStep(classified.fix());
        }
        if (count++ % stride == 0) {
            points.add(point);
            if (points.size() == pointsMax) {
                simplify();
            }
        }
        last = point;
    }

    /// An accepted or implausible fix stays so. A late fix was not compared with anything on arrival, so it is compared
    /// with its predecessor here.
    private boolean isPlausible(ClassifiedFix classified) {
        var before = trackState;
        return switch (classified.status()) {
            case ACCEPTED -> {
                trackState = DriverTrackState.start(classified.fix());
                yield true;
            }
            case STALE -> {
                var next = before == null
                        ? DriverTrackState.start(classified.fix())
                        : before.next(classified.fix(), speedMax);
                trackState = next;
                yield next.status() == FixStatus.ACCEPTED;
            }
            case IMPLAUSIBLE -> false;
        };
    }

    private void addStep(Fix to) {
        var from = stepFrom;
        var step = from == null ? 0 : from.position().metresTo(to.position());
        if (from == null || step >= STEP_MIN_METRES) {
            metres += step;
            stepFrom = to;
        }
    }

    private void simplify() {
        for (var i = 0; 2 * i < points.size(); i++) {
            points.set(i, points.get(2 * i));
        }
        points.subList((points.size() + 1) / 2, points.size()).clear();
        stride *= 2;
    }

    /// The points, oldest first; the newest is always included.
    public List<RoutePoint> points() {
        var all = new ArrayList<>(points);
        if (last != null && !all.getLast().equals(last)) {
            all.add(last);
        }
        return all;
    }

    /// Whether points were dropped.
    public boolean isSimplified() {
        return stride > 1;
    }

    /// The length along all plausible points, dropped ones included.
    public double lengthMetres() {
        return metres;
    }
}
