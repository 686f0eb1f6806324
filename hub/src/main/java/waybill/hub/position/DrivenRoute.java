package waybill.hub.position;

import java.util.List;
import java.util.stream.Stream;
import waybill.tracking.DriverAssignment;
import waybill.tracking.RouteBuilder;
import waybill.tracking.RouteBuilder.RoutePoint;
import waybill.tracking.TrackLog;

/// What was driven for an order.
///
/// @param metres along all plausible points
/// @param isThinned whether points were left out evenly because there were too many
/// @param isComplete false when even more was driven, after the last of them
public record DrivenRoute(List<RoutePoint> points, double metres, boolean isThinned, boolean isComplete) {

    /// Points in one answer; of more, every second one is left out, or every fourth, and so on.
    public static final int POINTS_MAX = 10_000;

    /// Points that are read for one answer: those of three days, one each second. What was driven after them is not
    /// told.
    static final int READ_MAX = 250_000;

    private static final int PAGE = 5_000;

    /// Reads what the drivers of an order said while it was theirs. Waits for the disk.
    public static DrivenRoute of(List<DriverAssignment> turns, TrackLog tracks, double speedMax) {
        return of(turns, tracks, speedMax, POINTS_MAX, READ_MAX);
    }

    public static DrivenRoute of(
            List<DriverAssignment> turns, TrackLog tracks, double speedMax, int pointsMax, int readMax) {
        tracks.flush();
        var journey = new RouteBuilder(pointsMax, speedMax);
        var left = readMax;
        for (var leg = 0; leg < turns.size() && left > 0; leg++) {
            left = readTurn(turns.get(leg), leg, tracks, journey, left);
        }
        return new DrivenRoute(journey.points(), journey.lengthMetres(), journey.isSimplified(), left > 0);
    }

    /// Page by page, and no more than `max` points. Gives how many more may be read.
    private static int readTurn(DriverAssignment turn, int leg, TrackLog tracks, RouteBuilder journey, int max) {
        var left = max;
        for (var fromMs = turn.fromMs(); ; ) {
            var wanted = Math.min(PAGE, left);
            var page = tracks.listBetween(turn.driver(), fromMs, turn.untilMs(), wanted);
            page.forEach(point -> journey.add(leg, point));
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
