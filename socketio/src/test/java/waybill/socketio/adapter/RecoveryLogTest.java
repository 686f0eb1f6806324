package waybill.socketio.adapter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.Adapter.Restored;
import waybill.socketio.adapter.SavedSession.Asked;
import waybill.socketio.packet.JsonWriter;
import waybill.socketio.packet.Packet;
import waybill.socketio.room.Target;

class RecoveryLogTest {

    private static final String EPOCH = "now.";
    private static final long AWAY_MAX_MS = 120_000;
    private static final int PACKETS_MAX = 5;
    private static final int SESSIONS_MAX = 2;
    private static final Target KITCHEN = Target.EVERYONE.to("kitchen");

    private final RecoveryLog log =
            new RecoveryLog(new Recovery(Duration.ofMillis(AWAY_MAX_MS), PACKETS_MAX, SESSIONS_MAX, false), EPOCH);
    private final List<String> expired = new ArrayList<>();

    @Test
    void aPacketCarriesItsOffsetAsItsLastArgument() {
        var first = log.append(packet("a"), Target.EVERYONE, 0);
        var second = log.append(packet("b]"), Target.EVERYONE, 0);
        assertThat(first.data().json()).isEqualTo("[\"a\",\"now.1\"]");
        assertThat(second.data().json()).isEqualTo("[\"b]\",\"now.2\"]");
        assertThat(log.mark()).isEqualTo(2);
    }

    @Test
    void whoComesBackGetsWhatItMissedInOrder() {
        say("seen");
        log.persist(session("anna"), 0);
        say("missed 1");
        say("missed 2");
        assertThat(missed(log.restore("pid anna", "now.1", 1))).containsExactly("missed 1", "missed 2");
    }

    @Test
    void whoMissedNothingIsRestoredAllTheSame() {
        say("seen");
        log.persist(session("anna"), 0);
        assertThat(missed(log.restore("pid anna", "now.1", 1))).isEmpty();
    }

    @Test
    void whoNeverHeardAnythingBeginsWhereItsConnectionDid() {
        say("before its time");
        log.persist(session("anna", 1, 0, List.of()), 0);
        say("missed");
        assertThat(missed(log.restore("pid anna", "", 1))).containsExactly("missed");
    }

    @Test
    void onlyWhatWasMeantForTheClientIsMissed() {
        log.persist(session("anna"), 0); // is in the kitchen
        log.append(packet("to the kitchen"), KITCHEN, 0);
        log.append(packet("to the cellar"), Target.EVERYONE.to("cellar"), 0);
        log.append(packet("to anna"), Target.EVERYONE.to("anna"), 0);
        log.append(packet("to all but the kitchen"), Target.EVERYONE.except("kitchen"), 0);
        log.append(packet("to all but anna"), Target.EVERYONE.except("anna"), 0);
        assertThat(missed(log.restore("pid anna", "", 1))).containsExactly("to the kitchen", "to anna");
    }

    @Test
    void aQuestionNotYetAskedOrNotYetAnsweredIsAskedAgain() {
        long asked = log.appendAsking(packet("asked, and perhaps heard"), Target.EVERYONE, new Nobody(), 0);
        say("seen");
        var unanswered = new Asked(packet("asked, and perhaps heard"), asked, new Nobody());
        log.persist(session("anna", 0, asked, List.of(unanswered)), 0);
        say("missed");
        log.appendAsking(packet("never asked"), KITCHEN, new Nobody(), 0);
        log.appendAsking(packet("asked of others"), Target.EVERYONE.to("cellar"), new Nobody(), 0);
        assertThat(missed(log.restore("pid anna", "now.2", 1)))
                .containsExactly("asked, and perhaps heard", "missed", "never asked");
    }

    @Test
    void aQuestionThatWasAnsweredIsNotAskedAgain() {
        long asked = log.appendAsking(packet("answered"), Target.EVERYONE, new Nobody(), 0);
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
    void nobodyIsRestoredBySomeoneElsesSecret() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("anna", "", 1)).isEmpty();
        assertThat(log.restore("pid bert", "", 1)).isEmpty();
        assertThat(log.restore("pid anna", "", 1)).isPresent();
    }

    @Test
    void offsetsOfAnotherProcessAndNonsenseMeanNothing() {
        for (var offset :
                List.of("then.1", "1", "now.", "now.x", "now.-1", "now.99", "now.9999999999999999999", "\0")) {
            log.persist(session("anna"), 0);
            assertThat(log.restore("pid anna", offset, 1)).as(offset).isEmpty();
        }
        assertThat(expired).hasSize(8).containsOnly("anna");
    }

    @Test
    void whoIsAwayTooLongIsForgotten() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("pid anna", "", AWAY_MAX_MS + 1)).isEmpty();
        assertThat(expired).containsExactly("anna");
    }

    @Test
    void whoComesBackAtTheLastMomentIsNot() {
        log.persist(session("anna"), 0);
        assertThat(log.restore("pid anna", "", AWAY_MAX_MS)).isPresent();
    }

    @Test
    void whoMissedMoreThanIsRememberedStartsAnew() {
        say("seen");
        log.persist(session("anna"), 0);
        log.persist(session("bert"), 0);
        for (int i = 0; i < PACKETS_MAX; i++) {
            say("missed " + i);
        }
        assertThat(missed(log.restore("pid bert", "now.1", 1))).hasSize(PACKETS_MAX);
        say("one too many");
        assertThat(log.restore("pid anna", "now.1", 1)).isEmpty();
        assertThat(expired).containsExactly("anna");
    }

    @Test
    void packetsAreForgottenInTime() {
        say("seen");
        log.append(packet("missed"), Target.EVERYONE, 10);
        log.persist(session("anna"), AWAY_MAX_MS);
        assertThat(log.restore("pid anna", "now.1", AWAY_MAX_MS + 11)).isEmpty();
    }

    @Test
    void theLongestAbsentIsForgottenFirst() {
        log.persist(session("anna"), 0);
        log.persist(session("bert"), 1);
        log.persist(session("carl"), 2);
        assertThat(expired).containsExactly("anna");
        assertThat(log.restore("pid anna", "", 3)).isEmpty();
        assertThat(log.restore("pid bert", "", 3)).isPresent();
        assertThat(log.restore("pid carl", "", 3)).isPresent();
    }

    private void say(String name) {
        log.append(packet(name), Target.EVERYONE, 0);
    }

    private SavedSession session(String id) {
        return session(id, 0, 0, List.of());
    }

    private SavedSession session(String id, long mark, long askedMark, List<Asked> unanswered) {
        return new SavedSession(
                "pid " + id, id, List.of("kitchen"), null, mark, askedMark, unanswered, () -> expired.add(id));
    }

    private static Packet.Event packet(String name) {
        return JsonWriter.event("/", Packet.NO_ACK, name);
    }

    private static List<Object> missed(Optional<Restored> restored) {
        assertThat(restored).as("restored").isPresent();
        var names = new ArrayList<Object>();
        restored.ifPresent(found -> found.missed()
                .forEach(asked -> names.add(String.valueOf(asked.packet().data().value(0, List.of())))));
        return names;
    }

    /// Waits for no answer.
    private static final class Nobody implements Answers {

        @Override
        public void expect(int sockets) {}

        @Override
        public void answered(Packet.Ack answer) {}

        @Override
        public void lost(String reason) {}

        @Override
        public boolean isOver() {
            return false;
        }

        @Override
        public void whenFailed(Runnable action) {}
    }
}
