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
import waybill.server.identity.IdentityConfig;
import waybill.server.realtime.CapsLimits;
import waybill.server.realtime.LiveLimits;
import waybill.server.realtime.Rates;

/// How much clients may ask for, as the command line has it.
final class LimitOptions {

    private static final LiveLimits LIVE = LiveLimits.defaults();
    private static final WebSettings WEB = WebSettings.defaults();
    private static final Rates RATES = Rates.defaults();

    /// So many, for everybody or for one role.
    record Rate(int count, Map<Role, Integer> byRole) {

        private static final Pattern FORM = Pattern.compile("(?:(\\w+)=)?(\\d{1,9})");

        /// Reads `50`, or `driver=100`; of several, the last that fits counts.
        static Rate of(List<String> said, int otherwise) {
            var count = otherwise;
            var byRole = new EnumMap<Role, Integer>(Role.class);
            for (var text : said) {
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
            return new Rate(count, byRole);
        }

        private static Role role(String word) {
            return Role.of(word.toLowerCase(Locale.ROOT))
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
            description = "order events that one client may say in a second, 0 for any; may be repeated, for a role"
                    + " alone (default: 50)")
    private List<String> orderRate = List.of();

    @Option(
            names = "--received-rate",
            paramLabel = "N",
            description = "received messages that one /caps client may confirm in a second, 0 for any"
                    + " (default: ${DEFAULT-VALUE})")
    private int receivedRate = CapsLimits.RECEIPTS_PER_SECOND;

    @Option(
            names = "--session-rate",
            paramLabel = "[ROLE=]N",
            description = "joins, subscriptions and the like in 15 minutes, 0 for any; as above (default: 100)")
    private List<String> sessionRate = List.of();

    @Option(
            names = "--position-rate",
            paramLabel = "N",
            description = "positions of one driver that are told in a second, 0 for any; of more, the newest"
                    + " (default: ${DEFAULT-VALUE})")
    private int positionRate = 1_000 / RATES.positionIntervalMs();

    @Option(
            names = "--sockets-per-user",
            paramLabel = "N",
            description = "sockets that one user may have, 0 for any (default: ${DEFAULT-VALUE})")
    private int socketsPerUser = LIVE.socketsPerUser();

    @Option(
            names = "--newest-wins",
            description =
                    "one socket more than a user may have takes the place of its oldest, which hears auth:replaced"
                            + " (default: the new one is refused)")
    private boolean newestWins;

    @Option(
            names = "--handshake-rate",
            paramLabel = "N",
            description = "sockets that may come in a second, 0 for any; drivers with an order in hand always may"
                    + " (default: ${DEFAULT-VALUE})")
    private int handshakeRate = LIVE.handshakesPerSecond();

    @Option(
            names = "--address-rate",
            paramLabel = "N",
            description = "sockets that may come from one address in a minute, 0 for any (default: ${DEFAULT-VALUE})")
    private int addressRate = LIVE.handshakesPerAddressPerMinute();

    @Option(
            names = "--connection-rate",
            paramLabel = "N",
            description = "Socket.IO connections that may begin from one address in a minute, before any token is seen,"
                    + " 0 for any (default: ${DEFAULT-VALUE})")
    private int connectionRate = WEB.connectionsPerAddressPerMinute();

    @Option(
            names = "--address-connections",
            paramLabel = "N",
            description = "Socket.IO connections that one address may have open, 0 for any (default: ${DEFAULT-VALUE})")
    private int addressConnections = WEB.connectionsPerAddress();

    @Option(
            names = "--refused-token-rate",
            paramLabel = "N",
            description = "tokens from one address that may be refused in a minute, 0 for any; after that, none from"
                    + " there is looked at for a while (default: ${DEFAULT-VALUE})")
    private int refusedTokenRate = IdentityConfig.REFUSED_PER_MINUTE_DEFAULT;

    @Option(
            names = "--speed-max",
            paramLabel = "M/S",
            description = "a driver who seems to be faster is not believed to be there (default: ${DEFAULT-VALUE})")
    private double speedMax = LIVE.speedMax();

    @Option(
            names = "--track-days",
            paramLabel = "N",
            description = "for how many days it is kept where drivers were (default: ${DEFAULT-VALUE})")
    private long trackDays = LIVE.tracksKeptFor().toDays();

    @Option(
            names = "--track-points-rate",
            paramLabel = "N",
            description = "positions of a driver that the history takes in a minute, in the long run, 0 for any"
                    + " (default: ${DEFAULT-VALUE})")
    private int trackPointsRate = LIVE.trackPointsPerMinute();

    @Option(
            names = "--hide-until-next",
            description = "customers and stores see nothing of a driver who has others to bring first (default: its"
                    + " position rounded to a kilometre)")
    private boolean hideUntilNext;

    /// Those of `/caps`, where a role is only what somebody claims.
    CapsLimits caps() {
        var defaults = CapsLimits.defaults();
        return new CapsLimits(
                Rate.of(sessionRate, defaults.sessionEventsPerQuarter()).count(),
                Rate.of(orderRate, defaults.orderWorkPerSecond()).count(),
                receivedRate,
                defaults.roomsMax());
    }

    WebSettings web() {
        return WEB.withConnections(connectionRate, addressConnections);
    }

    int refusedTokensPerMinute() {
        return refusedTokenRate;
    }

    LiveLimits live() {
        var orders = Rate.of(orderRate, RATES.orderWorkPerSecond());
        var sessions = Rate.of(sessionRate, RATES.sessionEventsPerQuarter());
        var limits = LIVE.withSocketsPerUser(socketsPerUser)
                .withNewestWins(newestWins)
                .withHandshakes(addressRate, handshakeRate)
                .withSpeedMax(speedMax)
                .withTracksKeptFor(Duration.ofDays(trackDays))
                .withTrackPointsPerMinute(trackPointsRate)
                .withHiddenUntilNext(hideUntilNext);
        for (var role : Role.values()) {
            limits = limits.withRates(
                    role,
                    new Rates(
                            sessions.of(role),
                            orders.of(role),
                            positionRate == 0 ? 0 : Math.max(1, 1_000 / positionRate),
                            RATES.positionBurst()));
        }
        return limits;
    }
}
