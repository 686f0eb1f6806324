package waybill.server.socket;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import waybill.access.Role;
import waybill.tracking.DriverTrackState;

/// How much the sockets of all dialects but `/caps` may ask for. 0 turns a limit off.
///
/// @param rates by role; who has not said who they are is taken for a customer
/// @param socketsPerUser how many sockets one user may have; one more is refused
/// @param newestWins whether one more takes the place of the oldest instead
/// @param handshakesPerAddressPerMinute sockets that may come from one address, other than from this machine
/// @param handshakesPerSecond sockets that may come in all, other than of drivers who are busy with an order
/// @param confirmationRetryAfter how long to wait for a receipt before the same is said again
/// @param speedMax in metres per second; a driver who seems to be faster is not where its phone says
/// @param trackRetention how long it is kept where drivers were
/// @param trackPointsPerMinute points of the history that each driver may send in a minute, in the long run; 0 is no
///     limit
/// @param isHiddenUntilNext whether customer and store see nothing of a driver before their order is its next stop,
///     instead of a position rounded to a kilometre
public record SocketLimits(
        Map<Role, RoleRates> rates,
        int socketsPerUser,
        boolean newestWins,
        int handshakesPerAddressPerMinute,
        int handshakesPerSecond,
        Duration confirmationRetryAfter,
        double speedMax,
        Duration trackRetention,
        int trackPointsPerMinute,
        boolean isHiddenUntilNext) {

    /// A phone that says where it is sends one point of the history in a second.
    private static final int TRACK_POINTS_PER_MINUTE = 120;

    private static final Duration TRACK_RETENTION = Duration.ofDays(30);

    public SocketLimits {
        rates = Map.copyOf(rates);
        if (socketsPerUser < 0 || handshakesPerAddressPerMinute < 0 || handshakesPerSecond < 0) {
            throw new IllegalArgumentException("socketsPerUser, handshakesPerAddressPerMinute, handshakesPerSecond: "
                    + socketsPerUser + ", " + handshakesPerAddressPerMinute + ", " + handshakesPerSecond
                    + " (expected: 0 for no limit, or more)");
        }
        if (!(speedMax > 0)) {
            throw new IllegalArgumentException("speedMax: " + speedMax + " (expected: more than 0 m/s)");
        }
        if (!confirmationRetryAfter.isPositive()) {
            throw new IllegalArgumentException(
                    "receiptAfter: " + confirmationRetryAfter + " (expected: more than nothing)");
        }
        if (trackPointsPerMinute < 0) {
            throw new IllegalArgumentException(
                    "trackPointsPerMinute: " + trackPointsPerMinute + " (expected: 0 for no limit, or more)");
        }
        if (!trackRetention.isPositive()) {
            throw new IllegalArgumentException("tracksKeptFor: " + trackRetention + " (expected: more than nothing)");
        }
    }

    public static SocketLimits defaults() {
        return new SocketLimits(
                forAllRoles(RoleRates.defaults()),
                50,
                false,
                600,
                1_000,
                Duration.ofSeconds(10),
                DriverTrackState.SPEED_MAX,
                TRACK_RETENTION,
                TRACK_POINTS_PER_MINUTE,
                false);
    }

    /// For a measured load, where all come from one machine and as fast as they can.
    public static SocketLimits off() {
        return new SocketLimits(
                forAllRoles(RoleRates.off()),
                0,
                false,
                0,
                0,
                Duration.ofSeconds(10),
                Double.MAX_VALUE,
                TRACK_RETENTION,
                0,
                false);
    }

    public SocketLimits withRates(Role role, RoleRates value) {
        var changed = new EnumMap<Role, RoleRates>(Role.class);
        changed.putAll(rates);
        changed.put(role, value);
        return new SocketLimits(
                changed,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withSocketsPerUser(int value) {
        return new SocketLimits(
                rates,
                value,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withNewestWins(boolean value) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                value,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withHandshakes(int perAddressPerMinute, int perSecond) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                newestWins,
                perAddressPerMinute,
                perSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withSpeedMax(double value) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                value,
                trackRetention,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withTrackRetention(Duration value) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                value,
                trackPointsPerMinute,
                isHiddenUntilNext);
    }

    public SocketLimits withTrackPointsPerMinute(int value) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                value,
                isHiddenUntilNext);
    }

    public SocketLimits withHiddenUntilNext(boolean value) {
        return new SocketLimits(
                rates,
                socketsPerUser,
                newestWins,
                handshakesPerAddressPerMinute,
                handshakesPerSecond,
                confirmationRetryAfter,
                speedMax,
                trackRetention,
                trackPointsPerMinute,
                value);
    }

    public RoleRates of(Role role) {
        return rates.getOrDefault(role, RoleRates.defaults());
    }

    private static Map<Role, RoleRates> forAllRoles(RoleRates value) {
        var rates = new EnumMap<Role, RoleRates>(Role.class);
        for (var role : Role.values()) {
            rates.put(role, value);
        }
        return rates;
    }
}
