package waybill.server.socket;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import waybill.access.Role;
import waybill.hub.position.PositionPolicy;
import waybill.tracking.DriverTrackState;
import waybill.tracking.SignalPolicy;

/// The limits of the sockets of all dialects but `/caps`. 0 turns a limit off.
///
/// @param rates by role; a user without an identity counts as a customer
/// @param socketsPerUser the sockets of one user; one more is rejected
/// @param newestWins whether one more replaces the oldest instead
/// @param handshakesPerAddressPerMinute new sockets from one address, other than the local machine
/// @param handshakesPerSecond new sockets in all, other than of drivers with an active order
/// @param confirmationRetryAfter how long to wait for a confirmation before the event is sent again
/// @param speedMax in metres per second; a position that implies a higher speed is implausible
/// @param trackRetention how long tracks are stored
/// @param trackPointsPerMinute points of the track that each driver may send in a minute, in the long run; 0 for no
///     limit
/// @param isHiddenUntilNext whether customer and store see nothing of a driver before their order is its next stop,
///     instead of a position rounded to a kilometre
/// @param signal from which age on a driver's position is stale, and its signal lost
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
        boolean isHiddenUntilNext,
        SignalPolicy signal) {

    /// A phone that reports its position sends one point of the track in a second.
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
            throw new IllegalArgumentException("trackRetention: " + trackRetention + " (expected: more than nothing)");
        }
    }

    /// What the position pipeline has to know of these.
    public PositionPolicy positionPolicy() {
        var driver = of(Role.DRIVER);
        return new PositionPolicy(
                driver.positionIntervalMs(), driver.positionBurst(), trackPointsPerMinute, isHiddenUntilNext, signal);
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
                false,
                SignalPolicy.DEFAULT);
    }

    /// For load runs, in which all clients connect from one machine and as fast as they can.
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
                false,
                SignalPolicy.DEFAULT);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                isHiddenUntilNext,
                signal);
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
                value,
                signal);
    }

    public SocketLimits withSignal(SignalPolicy value) {
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
                isHiddenUntilNext,
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
