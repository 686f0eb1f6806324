package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.socketio.engine.EnginePacket.Binary;
import waybill.socketio.engine.EnginePacket.Close;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Noop;
import waybill.socketio.engine.EnginePacket.Open;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Pong;
import waybill.socketio.engine.EnginePacket.Upgrade;
import waybill.socketio.engine.Session.Poll;
import waybill.socketio.engine.Session.Transport;

class SessionTest {

    private static final List<CloseReason> REASONS = List.of(CloseReason.values());
    private static final Timing TIMING = new Timing(25_000, 20_000, 10_000);

    private final Notes notes = new Notes();
    private final Session polling = new Session(TIMING, Transport.POLLING, notes, 0);
    private final Session webSocket = new Session(TIMING, Transport.WEBSOCKET, notes, 0);

    @Test
    void messagesAreDelivered() {
        webSocket.receive(new Message("a"), 1);
        webSocket.receive(new Binary(new byte[] {1}), 1);
        webSocket.receive(new Noop(), 1);
        assertThat(notes.taken).containsExactly("deliver a", "deliver 1 bytes");
    }

    @Test
    void whatOnlyAServerSaysEndsTheSession() {
        webSocket.receive(new Open("{}"), 1);
        webSocket.receive(new Message("late"), 1);
        assertThat(notes.taken).containsExactly("parted PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void aClientMayNotAskForAPong() {
        webSocket.receive(new Ping(""), 1);
        assertThat(notes.taken).containsExactly("parted PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void anUpgradeOnTheTransportInUseIsNonsense() {
        polling.receive(new Upgrade(), 1);
        assertThat(notes.taken).containsExactly("parted PARSE_ERROR", "closed PARSE_ERROR");
    }

    @Test
    void aClientThatSaysGoodbyeGetsItsPollBackFirst() {
        notes.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        polling.receive(new Close(), 1);
        assertThat(notes.taken).containsExactly("releasePoll", "parted TRANSPORT_CLOSE", "closed TRANSPORT_CLOSE");
        assertThat(polling.tick(30_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.GONE);
    }

    @Test
    void aPollThatComesAfterTheGoodbyeIsAnsweredOnce() {
        notes.session = polling;
        polling.receive(new Close(), 1);
        assertThat(notes.taken).containsExactly("closed TRANSPORT_CLOSE");
        assertThat(polling.isLeft()).isTrue();
        assertThat(polling.pollArrived(2)).isEqualTo(Poll.WELCOME);
        polling.pollAnswered(true);
        assertThat(notes.taken).containsExactly("closed TRANSPORT_CLOSE", "parted TRANSPORT_CLOSE");
        assertThat(polling.pollArrived(3)).isEqualTo(Poll.GONE);
    }

    @Test
    void aSessionThatItsClientHasClosedWaitsASecondForItsPoll() {
        polling.receive(new Close(), 1);
        assertThat(polling.tick(1)).isEqualTo(1_001);
        assertThat(notes.taken).containsExactly("closed TRANSPORT_CLOSE");
        assertThat(polling.tick(1_001)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.pollArrived(1_002)).isEqualTo(Poll.GONE);
    }

    @Test
    void aSecondPollEndsTheSession() {
        notes.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.DUPLICATE);
        assertThat(notes.taken).containsExactly("releasePoll", "parted TRANSPORT_ERROR", "closed TRANSPORT_ERROR");
    }

    @Test
    void aPollHasNoBusinessOnAWebSocket() {
        assertThat(webSocket.pollArrived(1)).isEqualTo(Poll.MISPLACED);
        assertThat(notes.taken).isEmpty();
    }

    @Test
    void aSecondWebSocketIsNotLetIn() {
        assertThat(webSocket.probeOpened(1)).isFalse();
        assertThat(polling.probeOpened(1)).isTrue();
        assertThat(polling.probeOpened(2)).isFalse();
        assertThat(notes.taken).isEmpty();
    }

    @Test
    void aProbeIsAnsweredAndThePollThatWaitsComesBack() {
        notes.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(polling.isUpgrading()).isTrue();
        polling.receiveFromProbe(new Upgrade());
        assertThat(notes.taken).containsExactly("toProbe 3probe", "releasePoll", "upgraded");
        assertThat(polling.transport()).isEqualTo(Transport.WEBSOCKET);
        assertThat(polling.isUpgrading()).isFalse();
    }

    @Test
    void aPollThatMayHaveOvertakenTheUpgradeIsKeptForAMoment() {
        polling.probeAsked();
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.receiveFromProbe(new Upgrade());
        assertThat(notes.taken).containsExactly("toProbe 3probe", "releasePollSoon", "upgraded");
        assertThat(polling.pollWaits()).isFalse();
    }

    @Test
    void aWebSocketThatCameToNothingHoldsUpNoLaterUpgrade() {
        polling.probeAsked();
        assertThat(polling.probeOpened(1)).isTrue();
        polling.probeFailed();
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        polling.probeAsked();
        assertThat(polling.probeOpened(2)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(notes.taken).containsExactly("dropProbe", "toProbe 3probe", "releasePoll");
    }

    @Test
    void anUpgradeThatWasNotProbedFirstIsDroppedAndPollingGoesOn() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Upgrade());
        assertThat(notes.taken).containsExactly("dropProbe");
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        assertThat(polling.probeOpened(2)).as("another try").isTrue();
    }

    @Test
    void aMessageOnAProbeIsOutOfTurn() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.receiveFromProbe(new Message("early"));
        assertThat(notes.taken).containsExactly("toProbe 3probe", "dropProbe");
    }

    @Test
    void aProbeThatSaysNothingIsDroppedInTime() {
        assertThat(polling.probeOpened(1_000)).isTrue();
        assertThat(polling.tick(10_999)).isEqualTo(11_000);
        assertThat(notes.taken).isEmpty();
        assertThat(polling.tick(11_000)).isEqualTo(25_000);
        assertThat(notes.taken).containsExactly("dropProbe");
    }

    @Test
    void theEndTakesAProbeAlongThatIsNotAnswered() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(notes.taken).containsExactly("dropProbe", "closed FORCED_CLOSE");
        assertThat(polling.probeOpened(2)).isFalse();
    }

    @Test
    void oneThatIsPutOutBetweenTwoPollsIsToldInTheNext() {
        notes.session = polling;
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.receive(new Message("late"), 2);
        assertThat(polling.tick(2)).isEqualTo(20_001);
        assertThat(polling.pollArrived(3)).isEqualTo(Poll.WELCOME);
        polling.pollAnswered(false);
        assertThat(polling.hasParted()).as("told, with more to fetch").isFalse();
        assertThat(polling.pollArrived(4)).isEqualTo(Poll.WELCOME);
        polling.pollAnswered(true);
        assertThat(polling.pollArrived(5)).isEqualTo(Poll.GONE);
        assertThat(notes.taken).containsExactly("closed FORCED_CLOSE", "parted FORCED_CLOSE");
    }

    @Test
    void oneThatIsPutOutAndDoesNotPollAgainIsNotWaitedForLong() {
        polling.close(CloseReason.FORCED_CLOSE, 1_000);
        assertThat(polling.tick(20_999)).isEqualTo(21_000);
        assertThat(polling.tick(21_000)).isEqualTo(Long.MAX_VALUE);
        assertThat(notes.taken).containsExactly("closed FORCED_CLOSE", "parted FORCED_CLOSE");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSPORT_CLOSE")
    void oneAmidItsMoveIsToldWhenItHasMoved(CloseReason reason) {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(reason, 2);
        assertThat(notes.taken).containsExactly("toProbe 3probe", "closed " + reason);
        polling.receiveFromProbe(new Upgrade());
        assertThat(notes.taken).endsWith("upgraded", "parted " + reason);
    }

    @Test
    void oneAmidItsMoveThatStillPollsIsToldInThePoll() {
        notes.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(Poll.WELCOME);
        polling.pollAnswered(true);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(polling.pollArrived(2)).isEqualTo(Poll.WELCOME);
        polling.close(CloseReason.FORCED_CLOSE, 3);
        assertThat(notes.taken)
                .containsExactly(
                        "toProbe 3probe", "releasePoll", "dropProbe", "parted FORCED_CLOSE", "closed FORCED_CLOSE");
    }

    @Test
    void aMoveThatFailsAfterTheEndLeavesItToThePollWhereOneIsAwaited() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(CloseReason.FORCED_CLOSE, 2);
        polling.probeFailed();
        assertThat(polling.hasParted()).isFalse();
        assertThat(polling.pollArrived(3)).isEqualTo(Poll.WELCOME);
    }

    @Test
    void aServerThatStopsWaitsForAMoveButNoLongerThanForAnyOther() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(CloseReason.SERVER_SHUTTING_DOWN, 2);
        assertThat(polling.tick(3)).isEqualTo(10_001);
        assertThat(polling.hasParted()).isFalse();
        assertThat(polling.tick(10_001)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.hasParted()).isTrue();
    }

    @Test
    void aServerThatStopsDoesNotWaitForAPoll() {
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.close(CloseReason.SERVER_SHUTTING_DOWN, 2);
        assertThat(notes.taken).containsExactly("closed FORCED_CLOSE", "parted SERVER_SHUTTING_DOWN");
    }

    @Test
    void aPongThatNobodyAskedForOnlyShowsThatThePeerIsThere() {
        webSocket.receive(new Pong(""), 10_000);
        assertThat(webSocket.tick(25_000)).isEqualTo(35_000);
        assertThat(notes.taken).isEmpty();
    }

    @Test
    void pingsKeepTheirIntervalWhereAPongMayTakeLongerThanThat() {
        var session = new Session(new Timing(1_000, 20_000, 10_000), Transport.WEBSOCKET, notes, 0);
        assertThat(session.tick(1_000)).isEqualTo(2_000);
        session.receive(new Pong(""), 1_100);
        assertThat(session.tick(2_000)).isEqualTo(2_100);
        assertThat(session.tick(2_100)).isEqualTo(3_100);
        assertThat(notes.taken).containsExactly("send 2", "send 2");
        assertThat(session.tick(3_100)).isEqualTo(22_100);
        assertThat(session.tick(22_100)).isEqualTo(Long.MAX_VALUE);
        assertThat(notes.taken).endsWith("parted PING_TIMEOUT", "closed PING_TIMEOUT");
    }

    static LongStream seeds() {
        return LongStream.range(0, 500);
    }

    /// Whatever a client does, and in whatever order.
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theEndIsSaidOnceAndNothingAfterIt(long seed) {
        var random = new SplittableRandom(seed);
        notes.session = polling;
        long nowMs = 0;
        for (int i = 0; i < 200; i++) {
            nowMs += random.nextLong(3_000);
            provoke(random, nowMs);
            var ends = notes.taken.stream()
                    .filter(note -> note.startsWith("closed"))
                    .toList();
            assertThat(ends).hasSize(polling.isClosed() ? 1 : 0);
            if (polling.hasParted()) {
                assertThat(notes.taken.getLast()).matches("(closed|parted) .*");
                assertThat(polling.tick(nowMs)).isEqualTo(Long.MAX_VALUE);
            }
        }
        assertThat(notes.taken.stream().filter("upgraded"::equals).count()).isLessThanOrEqualTo(1);
        assertThat(notes.taken.stream()
                        .filter(note -> note.startsWith("parted"))
                        .count())
                .isEqualTo(polling.hasParted() ? 1 : 0);
        if (notes.taken.contains("upgraded")) {
            assertThat(notes.taken.subList(0, notes.taken.indexOf("upgraded"))).contains("toProbe 3probe");
        }
    }

    private void provoke(SplittableRandom random, long nowMs) {
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
            case 9, 10, 11 -> polling.pollAnswered(random.nextBoolean());
            case 12 -> polling.receive(packets.get(random.nextInt(packets.size())), nowMs);
            case 13 -> polling.close(REASONS.get(random.nextInt(REASONS.size())), nowMs);
            case 14, 15 -> polling.tick(nowMs);
            default -> polling.receive(new Pong(""), nowMs);
        }
    }

    /// Writes down what the session asks for. Gives polls back as it is told.
    private static final class Notes implements Outside {

        private final List<String> taken = new ArrayList<>();
        private Session session = new Session(TIMING, Transport.POLLING, this, 0);

        @Override
        public void send(EnginePacket packet) {
            taken.add("send " + EngineCodec.encode(packet));
        }

        @Override
        public void sendToProbe(EnginePacket packet) {
            taken.add("toProbe " + EngineCodec.encode(packet));
        }

        @Override
        public void deliver(String text) {
            taken.add("deliver " + text);
        }

        @Override
        public void deliver(byte[] bytes) {
            taken.add("deliver " + bytes.length + " bytes");
        }

        @Override
        public void releasePoll() {
            taken.add("releasePoll");
            session.pollAnswered(true);
        }

        @Override
        public void releasePollSoon() {
            taken.add("releasePollSoon");
        }

        @Override
        public void upgraded() {
            taken.add("upgraded");
        }

        @Override
        public void dropProbe() {
            taken.add("dropProbe");
        }

        @Override
        public void closed(CloseReason reason) {
            taken.add("closed " + reason);
        }

        @Override
        public void parted(CloseReason reason) {
            taken.add("parted " + reason);
        }
    }
}
