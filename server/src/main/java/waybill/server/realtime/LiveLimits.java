package waybill.server.realtime;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import waybill.access.Role;
import waybill.tracking.Track;

/// How much the sockets of all dialects but `/caps` may ask for. 0 turns a limit off.
///
/// @param rates by role; who has not said who they are is taken for a customer
/// @param socketsPerUser how many sockets one user may have; one more is refused
/// @param newestWins whether one more takes the place of the oldest instead
/// @param handshakesPerAddressPerMinute sockets that may come from one address, other than from this machine
/// @param handshakesPerSecond sockets that may come in all, other than of drivers who are busy with an order
/// @param receiptAfter how long to wait for a receipt before the same is said again
/// @param speedMax in metres per second; a driver who seems to be faster is not where its phone says
/// @param tracksKeptFor how long it is kept where drivers were
/// @param trackPointsPerMinute points of the history that each driver may send in a minute, in the long run; 0 is no
///     limit
/// @param isHiddenUntilNext whether customer and store see nothing of a driver before their order is its next stop,
///     instead of a position rounded to a kilometre
public record LiveLimits(
        Map<Role, Rates> rates,
        int socketsPerUser,
        boolean newestWins,
        int handshakesPerAddressPerMinute,
        int handshakesPerSecond,
        Duration receiptAfter,
        double speedMax,
        Duration tracksKeptFor,
        int trackPointsPerMinute,
        boolean isHiddenUntilNext) {

    /// A phone that says where it is sends one point of the history in a second.
    private static final int TRACK_POINTS_PER_MINUTE = 120;

    private static final Duration TRACKS_KEPT_FOR = Duration.ofDays(30);

    public LiveLimits {
        rates = Map.copyOf(rates);
        if (socketsPerUser < 0 || handshakesPerAddressPerMinute < 0 || handshakesPerSecond < 0) {
            throw new IllegalArgumentException("socketsPerUser, handshakesPerAddressPerMinute, handshakesPerSecond: "
                    + socketsPerUser + ", " + handshakesPerAddressPerMinute + ", " + handshakesPerSecond
                    + " (expected: 0 for no limit, or more)");
        }
        if (!(speedMax > 0)) {
            throw new IllegalArgumentException("speedMax: " + speedMax + " (expected: more than 0 m/s)");
        }
        if (!receiptAfter.isPositive()) {
            throw new IllegalArgumentException("receiptAfter: " + receiptAfter + " (expected: more than nothing)");
        }
        if (trackPointsPerMinute < 0) {
            throw new IllegalArgumentException(
                    "trackPointsPerMinute: " + trackPointsPerMinute + " (expected: 0 for no limit, or more)");
        }
        if (!tracksKeptFor.isPositive()) {
            throw new IllegalArgumentException("tracksKeptFor: " + tracksKeptFor + " (expected: more than nothing)");
        }
    }

    public static LiveLimits defaults() {
        return new LiveLimits(
                same(Rates.defaults()),
                50,
                false,
                600,
                1_000,
                Duration.ofSeconds(10),
                Track.SPEED_MAX,
                TRACKS_KEPT_FOR,
                TRACK_POINTS_PER_MINUTE,
                false);
    }

    /// For a measured load, where all come from one machine and as fast as they can.
    public static LiveLimits off() {
        return new LiveLimits(
                same(Rates.off()), 0, false, 0, 0, Duration.ofSeconds(10), Double.MAX_VALUE, TRACKS_KEPT_FOR, 0, false);
    }

    public LiveLimits withRates(Role role, Rates value) {
        var changed = new EnumMap<Role, Rates>(Role.class);
        changed.putAll(rates);
        changed.put(role, value);
        return new LiveLimits(
                changed,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withSocketsPerUser(int value) {
        return new LiveLimits(
                rates,
                value,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withNewestWins(boolean value) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                value,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withHandshakes(int perAddressPerMinute, int perSecond) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                newestWins,
                perAddressPerMinute,
                perSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withSpeedMax(double value) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                value,
                tracksKeptFor,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withTracksKeptFor(Duration value) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                value,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public LiveLimits withTrackPointsPerMinute(int value) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                value,
                isHiddenUntilNext);
    }

    public LiveLimits withHiddenUntilNext(boolean value) {
        return new LiveLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                receiptAfter,
                speedMax,
                tracksKeptFor,
                trackPointsPerMinute,
                value);
    }

    Rates of(Role role) {
        return rates.getOrDefault(role, Rates.defaults());
    }

    private static Map<Role, Rates> same(Rates value) {
        var rates = new EnumMap<Role, Rates>(Role.class);
        for (var role : Role.values()) {
            rates.put(role, value);
        }
        return rates;
    }
}
