package waybill.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import waybill.socketio.engine.EnginePacket.Message;
import waybill.socketio.engine.EnginePacket.Ping;
import waybill.socketio.engine.EnginePacket.Upgrade;

/// A session that polls and is asked to move to a WebSocket.
class SessionProbeTest {

    private final RecordingOutput output = new RecordingOutput();
    private final Session polling = new Session(RecordingOutput.TIMING, TransportKind.POLLING, output, 0);
    private final Session webSocket = new Session(RecordingOutput.TIMING, TransportKind.WEBSOCKET, output, 0);

    @Test
    void theFirstWebSocketThatWasAskedForKeepsItsPlaceUntilItIsOpen() {
        assertThat(polling.probeAsked()).isTrue();
        assertThat(polling.probeAsked()).isFalse();
        assertThat(polling.probeOpened(1)).isTrue();
        assertThat(polling.probeAsked()).isFalse();
        polling.probeNotOpened();
        polling.receiveFromProbe(new Ping("probe"));
        polling.receiveFromProbe(new Upgrade());
        assertThat(polling.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(polling.probeAsked()).isFalse();
    }

    @Test
    void aWebSocketThatDidNotOpenMakesRoomForAnother() {
        assertThat(polling.probeAsked()).isTrue();
        polling.probeNotOpened();
        assertThat(polling.probeAsked()).isTrue();
    }

    @Test
    void aSecondWebSocketIsRejected() {
        assertThat(webSocket.probeOpened(1)).isFalse();
        assertThat(polling.probeOpened(1)).isTrue();
        assertThat(polling.probeOpened(2)).isFalse();
        assertThat(output.events).isEmpty();
    }

    @Test
    void aProbeIsAnsweredAndThePendingPollCompletes() {
        output.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(polling.isUpgrading()).isTrue();
        polling.receiveFromProbe(new Upgrade());
        assertThat(output.events).containsExactly("toProbe 3probe", "releasePoll", "upgraded");
        assertThat(polling.transport()).isEqualTo(TransportKind.WEBSOCKET);
        assertThat(polling.isUpgrading()).isFalse();
    }

    @Test
    void aPollThatMayHaveOvertakenTheUpgradeIsKeptForAMoment() {
        polling.probeAsked();
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.receiveFromProbe(new Upgrade());
        assertThat(output.events).containsExactly("toProbe 3probe", "releasePollSoon", "upgraded");
        assertThat(polling.hasPendingPoll()).isFalse();
    }

    @Test
    void aWebSocketThatCameToNothingHoldsUpNoLaterUpgrade() {
        polling.probeAsked();
        assertThat(polling.probeOpened(1)).isTrue();
        polling.probeFailed();
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        polling.probeAsked();
        assertThat(polling.probeOpened(2)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(output.events).containsExactly("dropProbe", "toProbe 3probe", "releasePoll");
    }

    @Test
    void anUpgradeWithoutAProbeIsDropped() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Upgrade());
        assertThat(output.events).containsExactly("dropProbe");
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        assertThat(polling.probeOpened(2)).as("another try").isTrue();
    }

    @Test
    void aMessageOnAProbeDropsTheProbe() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.receiveFromProbe(new Message("early"));
        assertThat(output.events).containsExactly("toProbe 3probe", "dropProbe");
    }

    @Test
    void aSilentProbeTimesOut() {
        assertThat(polling.probeOpened(1_000)).isTrue();
        assertThat(polling.tick(10_999)).isEqualTo(11_000);
        assertThat(output.events).isEmpty();
        assertThat(polling.tick(11_000)).isEqualTo(25_000);
        assertThat(output.events).containsExactly("dropProbe");
    }

    @Test
    void closingDropsAnUnansweredProbe() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.close(CloseReason.FORCED_CLOSE, 1);
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(output.events).containsExactly("dropProbe", "closed FORCED_CLOSE");
        assertThat(polling.probeOpened(2)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRANSPORT_CLOSE")
    void aCloseDuringAnUpgradeIsSentAfterTheUpgrade(CloseReason reason) {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(reason, 2);
        assertThat(output.events).containsExactly("toProbe 3probe", "closed " + reason);
        polling.receiveFromProbe(new Upgrade());
        assertThat(output.events).endsWith("upgraded", "finished " + reason);
    }

    @Test
    void aCloseDuringAnUpgradeIsSentInAPendingPoll() {
        output.session = polling;
        assertThat(polling.pollArrived(1)).isEqualTo(PollStatus.ACCEPTED);
        polling.pollCompleted(true);
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        assertThat(polling.pollArrived(2)).isEqualTo(PollStatus.ACCEPTED);
        polling.close(CloseReason.FORCED_CLOSE, 3);
        assertThat(output.events)
                .containsExactly(
                        "toProbe 3probe", "releasePoll", "dropProbe", "finished FORCED_CLOSE", "closed FORCED_CLOSE");
    }

    @Test
    void aFailedUpgradeAfterCloseWaitsForAPoll() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(CloseReason.FORCED_CLOSE, 2);
        polling.probeFailed();
        assertThat(polling.isFinished()).isFalse();
        assertThat(polling.pollArrived(3)).isEqualTo(PollStatus.ACCEPTED);
    }

    @Test
    void shutdownWaitsForAnUpgradeUntilTheTimeout() {
        assertThat(polling.probeOpened(1)).isTrue();
        polling.receiveFromProbe(new Ping("probe"));
        polling.close(CloseReason.SERVER_SHUTTING_DOWN, 2);
        assertThat(polling.tick(3)).isEqualTo(10_001);
        assertThat(polling.isFinished()).isFalse();
        assertThat(polling.tick(10_001)).isEqualTo(Long.MAX_VALUE);
        assertThat(polling.isFinished()).isTrue();
    }
}
