package waybill.hub.position;

import java.util.List;
import java.util.stream.Stream;
import waybill.tracking.DriverAssignment;
import waybill.tracking.RouteBuilder;
import waybill.tracking.RouteBuilder.RoutePoint;
import waybill.tracking.TrackLog;

/// The route driven for an order.
///
/// @param metres the length along all plausible points
/// @param isThinned whether points were dropped evenly because there were too many
/// @param isComplete false when the route continues after the last point
public record DrivenRoute(List<RoutePoint> points, double metres, boolean isThinned, boolean isComplete) {

    /// Points in one response; of more, every second one is dropped, or every fourth, and so on.
    public static final int POINTS_MAX = 10_000;

    /// Points read for one response: three days at one a second. Later points are not returned.
    static final int READ_MAX = 250_000;

    private static final int PAGE = 5_000;

    /// Reads the positions of an order's drivers during their assignments. Blocks on the disk.
    public static DrivenRoute of(List<DriverAssignment> assignments, TrackLog tracks, double speedMax) {
        return of(assignments, tracks, speedMax, POINTS_MAX, READ_MAX);
    }

    public static DrivenRoute of(
            List<DriverAssignment> assignments, TrackLog tracks, double speedMax, int pointsMax, int readMax) {
        tracks.flush();
        var route = new RouteBuilder(pointsMax, speedMax);
        var left = readMax;
        for (var leg = 0; leg < assignments.size() && left > 0; leg++) {
            left = readAssignment(assignments.get(leg), leg, tracks, route, left);
        }
        return new DrivenRoute(route.points(), route.lengthMetres(), route.isSimplified(), left > 0);
    }

    /// Reads at most `max` points in pages. Returns how many more may be read.
    private static int readAssignment(
            DriverAssignment assignment, int leg, TrackLog tracks, RouteBuilder route, int max) {
        var left = max;
        for (var fromMs = assignment.fromMs(); ; ) {
            var wanted = Math.min(PAGE, left);
            var page = tracks.listBetween(assignment.driver(), fromMs, assignment.untilMs(), wanted);
            page.forEach(point -> route.add(leg, point));
            left -= page.size();
            if (page.size() < wanted || left == 0) {
                return left;
            }
            fromMs = page.getLast().fix().recordedAtMs() + 1;
        }
    }

    /// The plausible points, leg by leg; no leg is empty.
    public List<List<RoutePoint>> legs() {
        var legs = points.stream().mapToInt(RoutePoint::leg).max().orElse(-1) + 1;
        return Stream.iterate(0, leg -> leg < legs, leg -> leg + 1)
                .map(leg -> points.stream()
                        .filter(point -> point.leg() == leg && point.isPlausible())
                        .toList())
                .filter(leg -> !leg.isEmpty())
                .toList();
    }
}
