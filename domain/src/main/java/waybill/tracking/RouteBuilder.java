package waybill.tracking;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was driven, put together from the history in order of time, in one leg for each who drove. However long it is,
/// only so many points of it are held. Belongs to one thread.
public final class RouteBuilder {

    /// Shorter steps than this are taken for the noise of a phone that lies still, and add nothing to the way.
    public static final double STEP_MIN_METRES = 15;

    /// A point of the way.
    ///
    /// @param leg which of the legs it belongs to, from 0
    /// @param isPlausible whether the driver is to be believed to have been there
    public record RoutePoint(int leg, Fix fix, boolean isPlausible) {}

    private final int pointsMax;
    private final double speedMax;
    private final ArrayList<RoutePoint> points = new ArrayList<>();
    private @Nullable RoutePoint last;
    private @Nullable Fix stepFrom;
    private @Nullable DriverTrackState track;
    private int leg;
    private int count;
    private int stride = 1;
    private double metres;

    /// @param pointsMax of more points, every second one is left out, or every fourth, and so on; at least 2
    /// @param speedMax as in [DriverTrackState#next]
    public RouteBuilder(int pointsMax, double speedMax) {
        if (pointsMax < 2) {
            throw new IllegalArgumentException("pointsMax: " + pointsMax + " (expected: at least 2)");
        }
        this.pointsMax = pointsMax;
        this.speedMax = speedMax;
    }

    /// Adds a point that is not older than the one before it in the same leg. Between two legs nothing was driven.
    public void add(int ofLeg, ClassifiedFix judged) {
        if (ofLeg != leg) {
            leg = ofLeg;
            stepFrom = null;
            track = null;
        }
        var point = new RoutePoint(leg, judged.fix(), isPlausible(judged));
        if (point.isPlausible()) {
            addStep(judged.fix());
        }
        if (count++ % stride == 0) {
            points.add(point);
            if (points.size() == pointsMax) {
                simplify();
            }
        }
        last = point;
    }

    /// What was accepted or marked when it came stays so. What came late was not compared with anything then, so it is
    /// now, with what was recorded before it.
    private boolean isPlausible(ClassifiedFix judged) {
        var before = track;
        return switch (judged.status()) {
            case ACCEPTED -> {
                track = DriverTrackState.start(judged.fix());
                yield true;
            }
            case STALE -> {
                var next = before == null ? DriverTrackState.start(judged.fix()) : before.next(judged.fix(), speedMax);
                track = next;
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

    /// The points, oldest first; the newest is always there.
    public List<RoutePoint> points() {
        var all = new ArrayList<>(points);
        if (last != null && !all.getLast().equals(last)) {
            all.add(last);
        }
        return all;
    }

    /// Whether points were left out.
    public boolean isSimplified() {
        return stride > 1;
    }

    /// Along all plausible points, those that were left out included.
    public double lengthMetres() {
        return metres;
    }
}
