package waybill.cli.traffic;

import waybill.cli.city.Route;

/// A route that a driver follows.
///
/// @param factor how many times faster than in a real city
record Drive(Route route, long startMs, double factor) {

    Route.Progress at(long nowMs) {
        return route.at(secondsAt(nowMs));
    }

    boolean isOver(long nowMs) {
        return secondsAt(nowMs) >= route.duration();
    }

    private double secondsAt(long nowMs) {
        return (nowMs - startMs) / 1_000.0 * factor;
    }
}
