package waybill.eta;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Travel times of the hub's own: learnt from finished legs, and from the straight line as long as few legs of about
/// the length were learnt. Answers at once, and takes no lock.
public final class LearntTravelTimes implements TravelTimeProvider {

    public static final double MS_PER_MINUTE = 60_000;

    /// With as many legs of about the length, half of the time is learnt and half of it comes from the straight line.
    private static final double PRIOR_LEGS = 20;

    private final LegTimeModel legs;
    private final ZoneId zone;

    /// @param zone that of the hours of the day
    public LearntTravelTimes(LegTimeModel legs, ZoneId zone) {
        this.legs = legs;
        this.zone = zone;
    }

    @Override
    public CompletableFuture<Travel> find(TravelRequest request) {
        return CompletableFuture.completedFuture(travel(request));
    }

    public Travel travel(TravelRequest request) {
        var metres = request.straightMetres();
        var driver = request.driverOrNone() == null ? "" : request.driverOrNone();
        var time = time(new Leg(driver, metres, hour(request.departureMs())));
        return new Travel(
                ms(time.minutes()),
                metres,
                new Travel.Band(ms(time.low()), ms(time.high())),
                List.of(),
                EtaSource.LEARNT);
    }

    /// The time of a leg, in minutes.
    public LegTime time(Leg leg) {
        var straight = StraightLine.time(leg.metres());
        return legs.predict(leg).map(learnt -> mix(learnt, straight)).orElse(straight);
    }

    private static LegTime mix(LegTime learnt, LegTime straight) {
        var part = learnt.legs() / (learnt.legs() + PRIOR_LEGS);
        return new LegTime(
                straight.minutes() + part * (learnt.minutes() - straight.minutes()),
                straight.low() + part * (learnt.low() - straight.low()),
                straight.high() + part * (learnt.high() - straight.high()),
                learnt.legs());
    }

    /// The local hour of a time.
    public int hour(long timeMs) {
        return Instant.ofEpochMilli(timeMs).atZone(zone).getHour();
    }

    private static long ms(double minutes) {
        return Math.round(minutes * MS_PER_MINUTE);
    }
}
