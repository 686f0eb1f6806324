package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.engine.EnginePacket.Binary;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Open;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;

class SessionTest {

    private static final List<CloseReason> REASONS = List.of(CloseReason.values());
    private static final Timing TIMING = RecordingOutput.TIMING;

    private final RecordingOutput output = new RecordingOutput();
    private final Session polling = new Session(TIMING, TransportKind.POLLING, output, 0);
    private final Session webSocket = new Session(TIMING, TransportKind.WEBSOCKET, output, 0);

    @Test
    void messagesAreDelivered() {
        webSocket.receive(new Message("a"), 1);
        webSocket.receive(new Binary(new byte[] {1}), 1);
        webSocket.receive(new Noop(), 1);
        assertThat(output.events).containsExactly("deliver a", "deliver 1 bytes");
    }

    @Test
    void aServerOnlyPacketEndsTheSession() {
        webSocket.receive(new Open("{}"), 1);
        webSocket.receive(new Message("late"), 1);
        assertThat(output.events).containsExactly("finished PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void aClientPingEndsTheSession() {
        webSocket.receive(new Ping(""), 1);
        assertThat(output.events).containsExactly("finished PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void anUpgradePacketOnTheCurrentTransportIsMalformed() {
        polling.receive(new Upgrade(), 1);
        assertThat(output.events).containsExactly("finished PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void aClosePacketCompletesThePendingPoll() {
        output.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        polling.receive(new Close(), 1);
        assertThat(output.events).containsExactly("releasePoll", "finished TRANSPORT_CLOSE", "closed TRANSPORT_CLOSE");
        assertThat(polling.tick(30_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.SESSION_FINISHED);
    }

    @Test
    void aPollAfterAClosePacketIsAnsweredOnce() {
        output.session = polling;
        polling.receive(new Close(), 1);
        assertThat(output.events).containsExactly("closed TRANSPORT_CLOSE");
        assertThat(polling.isClosedByClient()).isTrue();
        assertThat(polling.pollArrived(2)).isEqualTo(PollStatus.ACCEPTED);
        polling.pollCompleted(true);
        assertThat(output.events).containsExactly("closed TRANSPORT_CLOSE", "finished TRANSPORT_CLOSE");
        assertThat(polling.pollArrived(3)).isEqualTo(PollStatus.SESSION_FINISHED);
    }

    @Test
    void aSessionThatItsClientHasClosedWaitsASecondForItsPoll() {
        polling.receive(new Close(), 1);
        assertThat(polling.tick(1)).isEqualTo(1_001);
        assertThat(output.events).containsExactly("closed TRANSPORT_CLOSE");
        assertThat(polling.tick(1_001)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.pollArrived(1_002)).isEqualTo(PollStatus.SESSION_FINISHED);
    }

    @Test
    void aSecondPollEndsTheSession() {
        output.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.DUPLICATE);
        assertThat(output.events).containsExactly("releasePoll", "finished TRANSPORT_ERROR", "closed TRANSPORT_ERROR");
    }

    @Test
    void aPollDuringWebSocketIsRejected() {
        assertThat(webSocket.pollArrived(1)).isEqualTo(PollStatus.WRONG_TRANSPORT);
        assertThat(output.events).isEmpty();
    }

    @Test
    void aCloseBetweenPollsIsSentInTheNextPoll() {
        output.session = polling;
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.receive(new Message("late"), 2);
        assertThat(polling.tick(2)).isEqualTo(20_001);
        assertThat(polling.pollArrived(3)).isEqualTo(PollStatus.ACCEPTED);
        polling.pollCompleted(false);
        assertThat(polling.isFinished()).as("closed, with more to fetch").isFalse();
        assertThat(polling.pollArrived(4)).isEqualTo(PollStatus.ACCEPTED);
        polling.pollCompleted(true);
        assertThat(polling.pollArrived(5)).isEqualTo(PollStatus.SESSION_FINISHED);
        assertThat(output.events).containsExactly("closed FORCED_CLOSE", "finished FORCED_CLOSE");
    }

    @Test
    void aCloseWithoutAnotherPollTimesOut() {
        polling.close(CloseReason.FORCED_CLOSE, 1_000);
        assertThat(polling.tick(20_999)).isEqualTo(21_000);
        assertThat(polling.tick(21_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(output.events).containsExactly("closed FORCED_CLOSE", "finished FORCED_CLOSE");
    }

    @Test
    void shutdownDoesNotWaitForAPoll() {
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.close(CloseReason.SERVER_SHUTTING_DOWN, 2);
        assertThat(output.events).containsExactly("closed FORCED_CLOSE", "finished SERVER_SHUTTING_DOWN");
    }

    @Test
    void anUnsolicitedPongCountsAsActivity() {
        webSocket.receive(new Pong(""), 10_000);
        assertThat(webSocket.tick(25_000)).isEqualTo(35_000);
        assertThat(output.events).isEmpty();
    }

    @Test
    void pingsKeepTheirIntervalWhereAPongMayTakeLongerThanThat() {
        var session = new Session(new Timing(1_000, 20_000, 10_000), TransportKind.WEBSOCKET, output, 0);
        assertThat(session.tick(1_000)).isEqualTo(2_000);
        session.receive(new Pong(""), 1_100);
        assertThat(session.tick(2_000)).isEqualTo(2_100);
        assertThat(session.tick(2_100)).isEqualTo(3_100);
        assertThat(output.events).containsExactly("send 2", "send 2");
        assertThat(session.tick(3_100)).isEqualTo(22_100);
        assertThat(session.tick(22_100)).isEqualTo(Long.MAX_VALUE);
        assertThat(output.events).endsWith("finished PING_TIMEOUT", "closed PING_TIMEOUT");
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    /// Whatever a client does, and in whatever order.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theSessionClosesOnceAndEmitsNothingAfterwards(long seed) {
        var random = new SplittableRandom(seed);
        output.session = polling;
        long nowMs = 0;
        for (int i = 0; i < 200; i++) {
            nowMs += random.nextLong(3_000);
            callAtRandom(random, nowMs);
            var ends = output.events.stream()
                    .filter(note -> note.startsWith("closed"))
                    .toList();
            assertThat(ends).hasSize(polling.isClosed() ? 1 : 0);
            if (polling.isFinished()) {
                assertThat(output.events.getLast()).matches("(closed|finished) .*");
                assertThat(polling.tick(nowMs)).isEqualTo(Long.MAX_VALUE);
            }
        }
        assertThat(output.events.stream().filter("upgraded"::equals).count()).isLessThanOrEqualTo(1);
        assertThat(output.events.stream()
                        .filter(note -> note.startsWith("finished"))
                        .count())
                .isEqualTo(polling.isFinished() ? 1 : 0);
        if (output.events.contains("upgraded")) {
            assertThat(output.events.subList(0, output.events.indexOf("upgraded")))
                    .contains("toProbe 3probe");
        }
    }

    private void callAtRandom(SplittableRandom random, long nowMs) {
        var packets = List.of(
                new Message("m"),
                new Message("m"),
                new Pong(""),
                new Pong(""),
                new Noop(),
                new Ping("probe"),
                new Upgrade());
        switch (random.nextInt(20)) {
            case 0, 1 -> polling.probeOpened(nowMs);
            case 2, 3, 4, 5 -> polling.receiveFromProbe(packets.get(random.nextInt(packets.size())));
            case 6 -> polling.probeFailed();
            case 7, 8 -> polling.pollArrived(nowMs);
            case 9, 10, 11 -> polling.pollCompleted(random.nextBoolean());
            case 12 -> polling.receive(packets.get(random.nextInt(packets.size())), nowMs);
            case 13 -> polling.close(REASONS.get(random.nextInt(REASONS.size())), nowMs);
            case 14, 15 -> polling.tick(nowMs);
            default -> polling.receive(new Pong(""), nowMs);
        }
    }
}
