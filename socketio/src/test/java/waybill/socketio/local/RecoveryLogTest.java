package waybill.socketio.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter.RestoredSession;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SavedSession.PendingAck;
import waybill.socketio.adapter.Target;
import waybill.socketio.packet.JsonArray;
import waybill.socketio.packet.JsonWriter;

class RecoveryLogTest {

    private static final String EPOCH = "now.";
    private static final long AWAY_MAX_MS = 120_000;
    private static final int PACKETS_MAX = 5;
    private static final int SESSIONS_MAX = 2;
    private static final Target KITCHEN = Target.ALL.to("kitchen");

    private final RecoveryLog log = new RecoveryLog(
            new RecoveryConfig(Duration.ofMillis(AWAY_MAX_MS), PACKETS_MAX, SESSIONS_MAX, false), EPOCH);
    private final List<String> expired = new ArrayList<>();

    @Test
    void aPacketCarriesItsOffsetAsItsLastArgument() {
        var first = log.append(packet("a"), Target.ALL, 0);
        var second = log.append(packet("b]"), Target.ALL, 0);
        assertThat(first.data().json()).isEqualTo("[\"a\",\"now.1\"]");
        assertThat(second.data().json()).isEqualTo("[\"b]\",\"now.2\"]");
        assertThat(log.lastSequence()).isEqualTo(2);
    }

    @Test
    void aRecoveredClientReceivesMissedPacketsInOrder() {
        append("seen");
        log.persist(session("anna"), 0);
        append("missed 1");
        append("missed 2");
        assertThat(missed(log.restore("pid anna", "now.1", 1))).containsExactly("missed 1", "missed 2");
    }

    @Test
    void aClientThatMissedNothingIsRestored() {
        append("seen");
        log.persist(session("anna"), 0);
        assertThat(missed(log.restore("pid anna", "now.1", 1))).isEmpty();
    }

    @Test
    void aClientWithoutAnOffsetResumesFromItsConnection() {
        append("before its time");
        log.persist(session("anna", 1, 0, List.of()), 0);
        append("missed");
        assertThat(missed(log.restore("pid anna", "", 1))).containsExactly("missed");
    }

    @Test
    void onlyPacketsOfTheClientsRoomsAreMissed() {
        log.persist(session("anna"), 0); // is in the kitchen
        log.append(packet("to the kitchen"), KITCHEN, 0);
        log.append(packet("to the cellar"), Target.ALL.to("cellar"), 0);
        log.append(packet("to anna"), Target.ALL.to("anna"), 0);
        log.append(packet("to all but the kitchen"), Target.ALL.except("kitchen"), 0);
        log.append(packet("to all but anna"), Target.ALL.except("anna"), 0);
        assertThat(missed(log.restore("pid anna", "", 1))).containsExactly("to the kitchen", "to anna");
    }

    @Test
    void anUnacknowledgedPacketIsSentAgain() {
        long asked = log.appendWithAck(packet("sent, and perhaps received"), Target.ALL, new NoAcks(), 0);
        append("seen");
        var unanswered = new PendingAck(packet("sent, and perhaps received"), asked, new NoAcks());
        log.persist(session("anna", 0, asked, List.of(unanswered)), 0);
        append("missed");
        log.appendWithAck(packet("never asked"), KITCHEN, new NoAcks(), 0);
        log.appendWithAck(packet("asked of others"), Target.ALL.to("cellar"), new NoAcks(), 0);
        assertThat(missed(log.restore("pid anna", "now.2", 1)))
                .containsExactly("sent, and perhaps received", "missed", "never asked");
    }

    @Test
    void anAcknowledgedPacketIsNotSentAgain() {
        long asked = log.appendWithAck(packet("answered"), Target.ALL, new NoAcks(), 0);
        log.persist(session("anna", 0, asked, List.of()), 0);
        assertThat(missed(log.restore("pid anna", "", 1))).isEmpty();
    }

    @Test
    void aSessionIsRestoredOnce() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("pid anna", "", 1)).isPresent();
        assertThat(log.restore("pid anna", "", 1)).isEmpty();
        assertThat(expired).isEmpty();
    }

    @Test
    void anUnknownSecretRestoresNoSession() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("anna", "", 1)).isEmpty();
        assertThat(log.restore("pid bert", "", 1)).isEmpty();
        assertThat(log.restore("pid anna", "", 1)).isPresent();
    }

    @Test
    void foreignAndMalformedOffsetsAreIgnored() {
        for (var offset :
                List.of("then.1", "1", "now.", "now.x", "now.-1", "now.99", "now.9999999999999999999", "\0")) {
            log.persist(session("anna"), 0);
            assertThat(log.restore("pid anna", offset, 1)).as(offset).isEmpty();
        }
        assertThat(expired).hasSize(8).containsOnly("anna");
    }

    @Test
    void aSessionExpiresAfterTheLimit() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("pid anna", "", AWAY_MAX_MS + 1)).isEmpty();
        assertThat(expired).containsExactly("anna");
    }

    @Test
    void aSessionIsRestoredAtTheLimit() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("pid anna", "", AWAY_MAX_MS)).isPresent();
    }

    @Test
    void aClientThatMissedTooMuchIsNotRestored() {
        append("seen");
        log.persist(session("anna"), 0);
        log.persist(session("bert"), 0);
        for (int i = 0; i < PACKETS_MAX; i++) {
            append("missed " + i);
        }
        assertThat(missed(log.restore("pid bert", "now.1", 1))).hasSize(PACKETS_MAX);
        append("one too many");
        assertThat(log.restore("pid anna", "now.1", 1)).isEmpty();
        assertThat(expired).containsExactly("anna");
    }

    @Test
    void packetsExpire() {
        append("seen");
        log.append(packet("missed"), Target.ALL, 10);
        log.persist(session("anna"), AWAY_MAX_MS);
        assertThat(log.restore("pid anna", "now.1", AWAY_MAX_MS + 11)).isEmpty();
    }

    @Test
    void theOldestSessionIsEvictedFirst() {
        log.persist(session("anna"), 0);
        log.persist(session("bert"), 1);
        log.persist(session("carl"), 2);
        assertThat(expired).containsExactly("anna");
        assertThat(log.restore("pid anna", "", 3)).isEmpty();
        assertThat(log.restore("pid bert", "", 3)).isPresent();
        assertThat(log.restore("pid carl", "", 3)).isPresent();
    }

    private void append(String name) {
        log.append(packet(name), Target.ALL, 0);
    }

    private SavedSession session(String id) {
        return session(id, 0, 0, List.of());
    }

    private SavedSession session(String id, long mark, long askedMark, List<PendingAck> unanswered) {
        return new SavedSession(
                "pid " + id, id, List.of("kitchen"), null, mark, askedMark, unanswered, () -> expired.add(id));
    }

    private static Packet.Event packet(String name) {
        return JsonWriter.event("/", Packet.NO_ACK, name);
    }

    private static List<Object> missed(Optional<RestoredSession> restored) {
        assertThat(restored).as("restored").isPresent();
        var names = new ArrayList<Object>();
        restored.ifPresent(found -> found.missedPackets()
                .forEach(asked -> names.add(
                        String.valueOf(JsonArray.of(asked.packet().data()).value(0, List.of())))));
        return names;
    }

    /// Waits for no answer.
    private static final class NoAcks implements AckSink {

        @Override
        public void expectAcks(int sockets) {}

        @Override
        public void onAck(Packet.AckPacket answer) {}

        @Override
        public void failed(String reason) {}

        @Override
        public boolean isDone() {
            return false;
        }

        @Override
        public void onFailure(Runnable action) {}
    }
}
