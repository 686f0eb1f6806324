package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A client that polls and moves to a WebSocket, while the server keeps talking and every message takes its own
/// time on the way. A run is a function of its seed.
class SessionUpgradeTest {

    private static final long SOON_MS = 20 * SimulatedClient.DELAY_MAX_MS;
    private static final int MESSAGES = 200;
    private static final Timing TIMING = new Timing(2_500, 2_000, 3_000);
    private static final List<String> ALL_MESSAGES =
            IntStream.range(0, MESSAGES).mapToObj(String::valueOf).toList();

    private static final Timing LONG_TIMING = new Timing(25_000, 20_000, 10_000);
    private static final List<CloseReason> SERVER_REASONS = List.of(
            CloseReason.PARSE_ERROR,
            CloseReason.PING_TIMEOUT,
            CloseReason.SERVER_SHUTTING_DOWN,
            CloseReason.TRANSPORT_ERROR);

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyUpgradeCompletesWithoutLoss(long seed) {
        var line = new SimulatedClient(seed, TIMING, MESSAGES);
        line.run();
        assertThat(line.session.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(line.received).containsExactlyElementsOf(ALL_MESSAGES);
        assertThat(line.closed).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aWebSocketFailureDuringTheUpgradeKeepsPolling(long seed) {
        var line = new SimulatedClient(seed, TIMING, MESSAGES);
        line.breaks = true;
        line.run();
        assertThat(line.session.transport()).isEqualTo(TransportKind.POLLING);
        assertThat(line.session.isUpgrading()).isFalse();
        assertThat(line.received).containsExactlyElementsOf(ALL_MESSAGES);
        assertThat(line.closed).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aStalledUpgradeTimesOutAndPollingContinues(long seed) {
        var line = new SimulatedClient(seed, TIMING, MESSAGES);
        line.stalls = true;
        line.run();
        assertThat(line.session.transport()).isEqualTo(TransportKind.POLLING);
        assertThat(line.session.isUpgrading()).isFalse();
        assertThat(line.probesDropped).isEqualTo(1);
        assertThat(line.received).containsExactlyElementsOf(ALL_MESSAGES);
        assertThat(line.closed).isEmpty();
    }

    /// Nothing but the upgrade itself gives a poll back here.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void noPollBlocksTheUpgrade(long seed) {
        var line = new SimulatedClient(seed, LONG_TIMING, 0);
        line.run();
        assertThat(line.session.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(line.upgradedAtMs).isLessThan(LONG_TIMING.upgradeTimeoutMs() / 2);
        assertThat(line.closed).isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aDisconnectedClientReceivesEverythingBeforeTheClose(long seed) {
        var line = new SimulatedClient(seed, LONG_TIMING, MESSAGES);
        line.closeFor(CloseReason.FORCED_CLOSE);
        line.run();
        assertThat(line.noticedAtMs).isBetween(line.closedAtMs, line.closedAtMs + SOON_MS);
        assertThat(line.received).containsExactlyElementsOf(ALL_MESSAGES.subList(0, line.sentCount));
        assertThat(line.session.isFinished()).isTrue();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyCloseReachesTheClient(long seed) {
        var line = new SimulatedClient(seed, LONG_TIMING, MESSAGES);
        line.closeFor(SERVER_REASONS.get((int) seed % SERVER_REASONS.size()));
        line.run();
        assertThat(line.noticedAtMs).isBetween(line.closedAtMs, line.closedAtMs + SOON_MS);
        assertThat(line.received).containsExactlyElementsOf(ALL_MESSAGES.subList(0, line.received.size()));
        assertThat(line.session.isFinished()).isTrue();
    }
}
