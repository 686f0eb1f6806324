package waybill.arrival;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import waybill.geo.Position;
import waybill.tracking.Fix;

/// Follows the fixes of one driver towards one stop and finds out when the driver is about to arrive and when it has
/// arrived. Each happens at most once. Not thread-safe: it belongs to the owner of the driver's state.
///
/// The driver enters the inner circle when it is surely inside, or when it crossed the circle slowly between two
/// fixes. It has arrived once it stays: a driver that passes does not. It leaves beyond an outer circle, so that
/// noise at the edge does not count.
public final class StopArrival {

    /// What became known with a fix.
    public enum Signal {
        /// The driver is nearly there.
        ARRIVING,
        /// The driver is there, since [#arrivedAtMs].
        ARRIVED,
        /// The driver was there and has left.
        LEFT
    }

    private enum Phase {
        OUTSIDE,
        /// Inside the circle, not yet for long enough.
        ENTERED,
        ARRIVED,
        LEFT
    }

    /// The radius of the inner circle by default, in metres.
    public static final double RADIUS_METRES = 50;

    private static final double OUTER_FACTOR = 1.6;

    /// How much of its accuracy a fix is taken to be farther away, or nearer.
    private static final double ACCURACY_FACTOR = 0.5;

    /// A driver that crosses the circle faster than this passes.
    private static final double CROSSING_SPEED_MAX = 8;

    /// Below this speed, in metres per second, a driver inside the circle parks or walks.
    private static final double STAYING_SPEED_MAX = 3;

    /// For so long, by two fixes or more: the speed is uncertain after a gap, and for the noise of a second or two.
    private static final long STAYING_MS = 4_000;

    private static final long NOT_STAYING = Long.MAX_VALUE;
    private static final long DWELL_MS = 20_000;
    private static final double ARRIVING_METRES = 400;
    private static final long ARRIVING_ETA_MS = 120_000;

    /// The ETA of a driver that is not to be announced, however near it is.
    public static final long NOT_ANNOUNCED = -1;

    /// The ETA of a driver that is announced by its distance alone.
    public static final long ETA_UNKNOWN = Long.MAX_VALUE;

    private final double radius;
    private final SmoothedTrack track;
    private Phase phase = Phase.OUTSIDE;
    private boolean isAnnounced;
    private long newestMs = Long.MIN_VALUE;
    private long lastOutsideMs = Long.MIN_VALUE;
    private long insideSinceMs;
    private long stayingSinceMs = NOT_STAYING;
    private double previousEast;
    private double previousNorth;

    public StopArrival(Position stop, double radius) {
        this.radius = radius;
        track = new SmoothedTrack(stop);
    }

    /// Continues after a restart with what had become known before.
    ///
    /// @param isAnnounced whether the driver was announced
    /// @param arrivedAt when it arrived; a fix from before the restart does not move that
    public static StopArrival resumed(Position stop, double radius, boolean isAnnounced, Optional<Instant> arrivedAt) {
        var arrival = new StopArrival(stop, radius);
        arrival.isAnnounced = isAnnounced;
        arrivedAt.map(Instant::toEpochMilli).ifPresent(atMs -> {
            arrival.phase = Phase.ARRIVED;
            arrival.insideSinceMs = atMs;
            arrival.lastOutsideMs = atMs;
        });
        return arrival;
    }

    /// Handles an accepted fix. One that is older than another before it is handled as [#acceptLate] does.
    ///
    /// @param etaMs the time that the driver is expected to need to the stop, [#ETA_UNKNOWN] or [#NOT_ANNOUNCED]
    public List<Signal> accept(Fix fix, long etaMs) {
        if (fix.recordedAtMs() <= newestMs) {
            return acceptLate(fix).map(List::of).orElse(List.of());
        }
        var isFirst = newestMs == Long.MIN_VALUE;
        var sinceMs = fix.recordedAtMs() - newestMs;
        track.add(fix);
        var isInside = isInside(fix) || (!isFirst && isSlowCrossing(sinceMs));
        var isOutside = track.distance() - margin(fix) > OUTER_FACTOR * radius;
        previousEast = track.east();
        previousNorth = track.north();
        newestMs = fix.recordedAtMs();
        var isArriving = isArriving(etaMs);
        isAnnounced |= isArriving;
        var moved = move(fix, isInside, isOutside);
        if (!isArriving) {
            return moved.map(List::of).orElse(List.of());
        }
        return moved.map(signal -> List.of(Signal.ARRIVING, signal)).orElse(List.of(Signal.ARRIVING));
    }

    private boolean isArriving(long etaMs) {
        return !isAnnounced
                && (phase == Phase.OUTSIDE || phase == Phase.ENTERED)
                && etaMs != NOT_ANNOUNCED
                && (track.distance() < ARRIVING_METRES || etaMs <= ARRIVING_ETA_MS);
    }

    private Optional<Signal> move(Fix fix, boolean isInside, boolean isOutside) {
        return switch (phase) {
            case OUTSIDE -> {
                if (isInside) {
                    phase = Phase.ENTERED;
                    insideSinceMs = fix.recordedAtMs();
                    stayingSinceMs = NOT_STAYING;
                    yield confirm(fix);
                }
                lastOutsideMs = fix.recordedAtMs();
                yield Optional.empty();
            }
            case ENTERED -> {
                if (isOutside) {
                    phase = Phase.OUTSIDE;
                    lastOutsideMs = fix.recordedAtMs();
                    yield Optional.empty();
                }
                yield confirm(fix);
            }
            case ARRIVED -> {
                if (isOutside) {
                    phase = Phase.LEFT;
                    yield Optional.of(Signal.LEFT);
                }
                yield Optional.empty();
            }
            case LEFT -> Optional.empty();
        };
    }

    private Optional<Signal> confirm(Fix fix) {
        var isStaying = track.speed() < STAYING_SPEED_MAX && track.distance() < radius;
        stayingSinceMs = isStaying ? Math.min(stayingSinceMs, newestMs) : NOT_STAYING;
        var isIn = track.distance() < radius || fix.position().metresTo(track.origin()) < radius;
        var hasDwelt = isIn && newestMs - insideSinceMs >= DWELL_MS;
        if (!hasDwelt && newestMs - stayingSinceMs < STAYING_MS) {
            return Optional.empty();
        }
        phase = Phase.ARRIVED;
        return Optional.of(Signal.ARRIVED);
    }

    private boolean isInside(Fix fix) {
        return track.distance() + margin(fix) < radius;
    }

    /// An inaccurate fix is never farther away than the circle is wide, or a phone among tall buildings would never
    /// arrive.
    private double margin(Fix fix) {
        return ACCURACY_FACTOR * Math.min(SmoothedTrack.accuracy(fix), radius);
    }

    /// Whether the way since the fix before cuts the circle, driven slowly.
    private boolean isSlowCrossing(long sinceMs) {
        var east = track.east() - previousEast;
        var north = track.north() - previousNorth;
        var length = Math.hypot(east, north);
        if (length == 0 || length / (sinceMs / 1_000.0) >= CROSSING_SPEED_MAX) {
            return false;
        }
        var along = Math.clamp(-(previousEast * east + previousNorth * north) / (length * length), 0, 1);
        return Math.hypot(previousEast + along * east, previousNorth + along * north) < radius;
    }

    /// Handles a fix that comes after newer ones. It may show that the driver was there earlier, and has stayed for
    /// long enough; it never makes a second arrival. Of several, the newest comes first, so that one from a visit
    /// before is known as such.
    public Optional<Signal> acceptLate(Fix fix) {
        if (phase == Phase.OUTSIDE || fix.recordedAtMs() >= insideSinceMs || fix.recordedAtMs() <= lastOutsideMs) {
            return Optional.empty();
        }
        var distance = fix.position().metresTo(track.origin());
        if (distance - margin(fix) > OUTER_FACTOR * radius) {
            lastOutsideMs = fix.recordedAtMs();
        } else if (distance + margin(fix) < radius) {
            insideSinceMs = fix.recordedAtMs();
            if (phase == Phase.ENTERED && newestMs - insideSinceMs >= DWELL_MS) {
                phase = Phase.ARRIVED;
                return Optional.of(Signal.ARRIVED);
            }
        }
        return Optional.empty();
    }

    /// Whether the driver was announced, or need not be any more.
    public boolean isAnnounced() {
        return isAnnounced;
    }

    /// When the driver arrived: the time of the first fix inside.
    public Optional<Long> arrivedAtMs() {
        return phase == Phase.ARRIVED || phase == Phase.LEFT ? Optional.of(insideSinceMs) : Optional.empty();
    }
}
