package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Runs a session against a peer on an unreliable line, in made-up time. A run is a function of its seed: to
/// study a failure, run that seed alone.
class SessionHeartbeatTest {

    private static final long HOUR_MS = 3_600_000;
    private static final Timing TIMING = new Timing(25_000, 20_000, 10_000);
    private static final long DELAY_MAX_MS = 400; // how late a busy event loop comes to its timers
    private static final long DELAY_COUNTED_MS = 50; // how much of that a session lets the client pay for

    static LongStream seeds() {
        return LongStream.range(0, 100);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPeerThatAnswersInTimeIsNeverDropped(long seed) {
        var line = new SimulatedPeer(seed, HOUR_MS, TIMING.pingTimeoutMs() - DELAY_COUNTED_MS);
        line.run();
        assertThat(line.closed).isEmpty();
        assertThat(line.pings).isGreaterThan((int) (HOUR_MS / 50_000));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPeerThatFallsSilentIsDroppedOnceAndSoon(long seed) {
        var silentFromMs = new SplittableRandom(seed).nextLong(HOUR_MS / 2);
        var line = new SimulatedPeer(seed, silentFromMs, 500);
        line.run();
        assertThat(line.closed).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(line.closedAtMs - silentFromMs)
                .isBetween(0L, TIMING.pingIntervalMs() + TIMING.pingTimeoutMs() + 500 + 2 * DELAY_MAX_MS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aPeerThatAnswersTooLateIsDroppedAtItsFirstLateAnswer(long seed) {
        var line = new SimulatedPeer(seed, HOUR_MS, 1);
        line.delayMinMs = TIMING.pingTimeoutMs() + 2 * DELAY_MAX_MS;
        line.run();
        assertThat(line.closed).containsExactly(CloseReason.PING_TIMEOUT);
        assertThat(line.pings).isEqualTo(1);
    }

    /// A session, the peer that it keeps asking, and the line between them.
    private static final class SimulatedPeer implements SessionOutput {

        private final VirtualTime time = new VirtualTime();
        private final SplittableRandom random;
        private final Session session;
        private final long answersUntilMs;
        private final long delayMaxMs;
        private final List<CloseReason> closed = new ArrayList<>();
        private long delayMinMs;
        private long closedAtMs;
        private int pings;

        SimulatedPeer(long seed, long answersUntilMs, long delayMaxMs) {
            this.random = new SplittableRandom(seed);
            this.answersUntilMs = answersUntilMs;
            this.delayMaxMs = delayMaxMs;
            this.session = new Session(TIMING, TransportKind.WEBSOCKET, this, time.nowMs());
        }

        void run() {
            tick();
            time.advanceTo(HOUR_MS);
        }

        private void tick() {
            long dueMs = session.tick(time.nowMs());
            assertThat(dueMs).as("due").isGreaterThan(time.nowMs());
            if (dueMs != Long.MAX_VALUE) {
                time.scheduleAt(dueMs + random.nextLong(DELAY_MAX_MS), this::tick);
            }
        }

        @Override
        public void send(EnginePacket packet) {
            assertThat(packet).isEqualTo(new EnginePacket.Ping(""));
            pings++;
            if (time.nowMs() < answersUntilMs) {
                time.scheduleAfter(
                        delayMinMs + random.nextLong(delayMaxMs),
                        () -> session.receive(new EnginePacket.Pong(""), time.nowMs()));
            }
        }

        @Override
        public void closed(CloseReason reason) {
            closed.add(reason);
            closedAtMs = time.nowMs();
        }

        @Override
        public void finished(CloseReason reason) {
            assertThat(reason).isEqualTo(CloseReason.PING_TIMEOUT);
        }

        @Override
        public void sendToProbe(EnginePacket packet) {
            throw new AssertionError("no probe in this test");
        }

        @Override
        public void deliver(String text) {
            throw new AssertionError("no messages in this test");
        }

        @Override
        public void deliver(byte[] bytes) {
            throw new AssertionError("no messages in this test");
        }

        @Override
        public void releasePoll() {
            throw new AssertionError("no poll in this test");
        }

        @Override
        public void releasePollSoon() {
            throw new AssertionError("no poll in this test");
        }

        @Override
        public void upgraded() {
            throw new AssertionError("no upgrade in this test");
        }

        @Override
        public void dropProbe() {
            throw new AssertionError("no probe in this test");
        }
    }
}
