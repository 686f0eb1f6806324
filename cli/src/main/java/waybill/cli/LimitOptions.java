package waybill.cli;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import waybill.access.Role;
import waybill.server.WebSettings;
import waybill.server.caps.CapsLimits;
import waybill.server.identity.IdentityConfig;
import waybill.server.socket.RoleRates;
import waybill.server.socket.SharedLimits;
import waybill.server.socket.SocketLimits;
import waybill.tracking.SignalPolicy;

/// The options that limit clients.
final class LimitOptions {

    private static final SocketLimits LIVE = SocketLimits.defaults();
    private static final SharedLimits SHARED = SharedLimits.defaults();
    private static final WebSettings WEB = WebSettings.defaults();
    private static final RoleRates RATES = RoleRates.defaults();

    /// A limit for all roles, with exceptions for single roles.
    record RoleRate(int count, Map<Role, Integer> byRole) {

        private static final Pattern FORM = Pattern.compile("(?:(\\w+)=)?(\\d{1,9})");

        /// Parses `50` or `driver=100`; the last matching value counts.
        static RoleRate of(List<String> values, int defaultCount) {
            var count = defaultCount;
            var byRole = new EnumMap<Role, Integer>(Role.class);
            for (var text : values) {
                var match = FORM.matcher(text);
                if (!match.matches()) {
                    throw new TypeConversionException(
                            "'" + text + "' (expected: a number, or a role and a number such" + " as driver=100)");
                }
                var number = Integer.parseInt(match.group(2));
                if (match.group(1) == null) {
                    count = number;
                } else {
                    byRole.put(role(match.group(1)), number);
                }
            }
            return new RoleRate(count, byRole);
        }

        private static Role role(String word) {
            return Role.parse(word.toLowerCase(Locale.ROOT))
                    .orElseThrow(() -> new TypeConversionException(
                            "'" + word + "' (expected: customer, merchant, driver, admin or support)"));
        }

        int of(Role role) {
            return byRole.getOrDefault(role, count);
        }
    }

    @Option(
            names = "--order-rate",
            paramLabel = "[ROLE=]N",
            description = "order events of one client per second, 0 for no limit; repeat it with a role for that"
                    + " role alone (default: 50)")
    private List<String> orderRate = List.of();

    @Option(
            names = "--received-rate",
            paramLabel = "N",
            description = "received messages that one user confirms per second on /caps, 0 for no limit (default:"
                    + " ${DEFAULT-VALUE})")
    private int receivedRate = CapsLimits.CONFIRMATIONS_PER_SECOND;

    @Option(
            names = "--session-rate",
            paramLabel = "[ROLE=]N",
            description = "joins, subscriptions and the like of one client per 15 minutes, 0 for no limit; repeat"
                    + " it with a role for that role alone (default: 100)")
    private List<String> sessionRate = List.of();

    @Option(
            names = "--position-rate",
            paramLabel = "N",
            description = "positions of one driver that are sent to viewers per second, 0 for no limit; of more, the"
                    + " newest (default: ${DEFAULT-VALUE})")
    private int positionRate = 1_000 / RATES.positionIntervalMs();

    @Option(
            names = "--position-burst",
            paramLabel = "N",
            description = "positions of one driver that are sent to viewers at once, before the number per second of"
                    + " --position-rate counts (default: ${DEFAULT-VALUE})")
    private int positionBurst = RATES.positionBurst();

    @Option(
            names = "--sockets-per-user",
            paramLabel = "N",
            description = "open sockets per user, 0 for no limit (default: ${DEFAULT-VALUE})")
    private int socketsPerUser = LIVE.socketsPerUser();

    @Option(
            names = "--newest-wins",
            description = "disconnect the oldest socket of a user, with auth:replaced, when one more than"
                    + " --sockets-per-user connects (default: the new one is rejected)")
    private boolean newestWins;

    @Option(
            names = "--handshake-rate",
            paramLabel = "N",
            description = "new sockets of all clients per second, 0 for no limit; drivers with an active order"
                    + " are not counted (default: ${DEFAULT-VALUE})")
    private int handshakeRate = LIVE.handshakesPerSecond();

    @Option(
            names = "--address-rate",
            paramLabel = "N",
            description = "new sockets from one address per minute, 0 for no limit (default: ${DEFAULT-VALUE})")
    private int addressRate = LIVE.handshakesPerAddressPerMinute();

    @Option(
            names = "--connection-rate",
            paramLabel = "N",
            description = "new Socket.IO connections from one address per minute, counted before any token is"
                    + " read, 0 for no limit (default: ${DEFAULT-VALUE})")
    private int connectionRate = WEB.connectionsPerAddressPerMinute();

    @Option(
            names = "--address-connections",
            paramLabel = "N",
            description = "open Socket.IO connections per address, 0 for no limit (default: ${DEFAULT-VALUE})")
    private int addressConnections = WEB.connectionsPerAddress();

    @Option(
            names = "--refused-token-rate",
            paramLabel = "N",
            description = "rejected tokens from one address per minute, 0 for no limit; further bad ones get a retry"
                    + " time, good ones are accepted (default: ${DEFAULT-VALUE})")
    private int badTokenRate = IdentityConfig.BAD_TOKENS_PER_MINUTE_DEFAULT;

    @Option(
            names = "--rooms-per-socket",
            paramLabel = "N",
            description =
                    "orders, stores and queues per socket that it may be subscribed to, with the rooms of its user"
                            + " (default: ${DEFAULT-VALUE})")
    private int roomsPerSocket = SHARED.roomsMax();

    @Option(
            names = "--event-name-max",
            paramLabel = "N",
            description = "characters of the name of an event; a longer one closes the connection (default:"
                    + " ${DEFAULT-VALUE})")
    private int eventNameMax = SHARED.eventNameMax();

    @Option(
            names = "--rejected-event-rate",
            paramLabel = "N",
            description = "events of one user, or of one address without a token, that are answered rate_limited per"
                    + " second before its connection is closed, 0 for no limit (default: ${DEFAULT-VALUE})")
    private int rejectedEventRate = SHARED.rejectionsPerSecond();

    @Option(
            names = "--speed-max",
            paramLabel = "M/S",
            description = "metres per second between two positions of a driver; a faster one is implausible"
                    + " (default: ${DEFAULT-VALUE})")
    private double speedMax = LIVE.speedMax();

    @Option(
            names = "--track-days",
            paramLabel = "N",
            description = "days for which the positions of drivers are stored (default: ${DEFAULT-VALUE})")
    private long trackDays = LIVE.trackRetention().toDays();

    @Option(
            names = "--track-points-rate",
            paramLabel = "N",
            description = "positions of one driver that are stored per minute, on average, 0 for no limit"
                    + " (default: ${DEFAULT-VALUE})")
    private int trackPointsRate = LIVE.trackPointsPerMinute();

    @Option(
            names = "--hide-until-next",
            description =
                    "hide a driver from customers and stores while it has other orders to deliver first (default: its"
                            + " position rounded to a kilometre)")
    private boolean hideUntilNext;

    @Option(
            names = "--signal-stale-after",
            paramLabel = "N",
            description = "seconds after which the newest position of a driver is stale (default: ${DEFAULT-VALUE})")
    private long signalStaleAfter = LIVE.signal().staleAfter().toSeconds();

    @Option(
            names = "--signal-lost-after",
            paramLabel = "N",
            description = "seconds without a position after which the signal of a driver is lost"
                    + " (default: ${DEFAULT-VALUE})")
    private long signalLostAfter = LIVE.signal().lostAfter().toSeconds();

    /// The limits of `/caps`, where a role is an unverified claim.
    CapsLimits caps() {
        var defaults = CapsLimits.defaults();
        return new CapsLimits(
                RoleRate.of(sessionRate, defaults.sessionEventsPerQuarter()).count(),
                RoleRate.of(orderRate, defaults.orderCommandsPerSecond()).count(),
                receivedRate,
                roomsPerSocket,
                defaults.pageReadWithin());
    }

    SharedLimits shared() {
        return new SharedLimits(roomsPerSocket, eventNameMax, rejectedEventRate);
    }

    WebSettings web() {
        return WEB.withConnections(connectionRate, addressConnections);
    }

    int badTokensPerMinute() {
        return badTokenRate;
    }

    SocketLimits live() {
        var orders = RoleRate.of(orderRate, RATES.orderCommandsPerSecond());
        var sessions = RoleRate.of(sessionRate, RATES.sessionEventsPerQuarter());
        var limits = LIVE.withSocketsPerUser(socketsPerUser)
                .withNewestWins(newestWins)
                .withHandshakes(addressRate, handshakeRate)
                .withSpeedMax(speedMax)
                .withTrackRetention(Duration.ofDays(trackDays))
                .withTrackPointsPerMinute(trackPointsRate)
                .withHiddenUntilNext(hideUntilNext)
                .withSignal(
                        new SignalPolicy(Duration.ofSeconds(signalStaleAfter), Duration.ofSeconds(signalLostAfter)));
        for (var role : Role.values()) {
            limits = limits.withRates(
                    role,
                    new RoleRates(
                            sessions.of(role),
                            orders.of(role),
                            positionRate == 0 ? 0 : Math.max(1, 1_000 / positionRate),
                            positionBurst));
        }
        return limits;
    }
}
