package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.wire.ServerFixture;

/// What a client may make the server hold, above all one that has joined no namespace.
class ProtocolLimitsTest {

    private static final long TIMEOUT_S = 30;

    private final BlockingQueue<String> reasons = new LinkedBlockingQueue<>();
    private ServerFixture wired = start(config -> config);

    @AfterEach
    void stop() {
        wired.close();
    }

    private ServerFixture start(UnaryOperator<Config> change) {
        var started = new ServerFixture(change.apply(
                Config.defaults().withEngine(engine -> engine.withLoops(1).withMaxHttpBufferSize(10_000))));
        started.server().onConnectionError(error -> reasons.add(error.message()));
        started.server().of("/").on("echo", (_, args, ack) -> ack.send(args.toArray()));
        started.server().of("/leave").onConnection(socket -> socket.disconnect(false));
        return started;
    }

    private void startAgain(UnaryOperator<Config> change) {
        wired.close();
        wired = start(change);
    }

    private @Nullable String reason() throws InterruptedException {
        return reasons.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Test
    void attachmentsOfAnUnjoinedClientAreRejected() throws Exception {
        var peer = wired.connected();
        peer.sendText("4510-[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("packet for a namespace not joined: /");
    }

    @Test
    void attachmentsForAnotherNamespaceThanTheJoinedOneAreNotGathered() throws Exception {
        var peer = wired.joined();
        peer.sendText("451-/leave,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("packet for a namespace not joined: /leave");
    }

    @Test
    void attachmentsForALeftNamespaceAreDropped() {
        var peer = wired.joined();
        wired.join(peer, "/leave", "");
        assertThat(peer.readFrame().text()).isEqualTo("41/leave,");
        peer.sendText("451-/leave,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        peer.sendBinary(new byte[] {1});
        peer.sendText("421[\"echo\",1]");
        assertThat(peer.readFrame().text()).isEqualTo("431[1]");
    }

    @Test
    void aPacketAndItsAttachmentsShareTheLimitOfOneMessage() throws Exception {
        var head = "452-1[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]";
        var within = wired.joined();
        within.sendText(head);
        within.sendBinary(new byte[5_000]);
        within.sendBinary(new byte[4_900]);
        assertThat(within.readFrame().text()).startsWith("462-1");
        var beyond = wired.joined();
        beyond.sendText(head);
        beyond.sendBinary(new byte[5_000]);
        beyond.sendBinary(new byte[5_000]);
        assertThat(beyond.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("packet: too large with its attachments (expected: at most 10000 bytes)");
    }

    @Test
    void theLimitOfAPacketCanBeSet() {
        startAgain(config -> config.withPacketLimits(limits -> limits.withBytesMax(20_000)));
        var peer = wired.joined();
        peer.sendText("452-1[\"echo\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        peer.sendBinary(new byte[9_000]);
        peer.sendBinary(new byte[9_000]);
        assertThat(peer.readFrame().text()).startsWith("462-1");
    }

    @Test
    void requestsForUnknownNamespacesAreLimited() throws Exception {
        var peer = wired.connected();
        for (int i = 0; i < 100; i++) {
            peer.sendText("40/made-up-" + i + ",");
            assertThat(peer.readFrame().text()).isEqualTo("44/made-up-" + i + ",{\"message\":\"Invalid namespace\"}");
        }
        peer.sendText("40/made-up,");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("namespaces: too many (expected: at most 100)");
    }

    @Test
    void theSameMissingNamespaceCountsEachTime() throws Exception {
        startAgain(config -> config.withNamespacesMax(3));
        var peer = wired.connected();
        for (int i = 0; i < 3; i++) {
            peer.sendText("40/nowhere,");
            assertThat(peer.readFrame().text()).startsWith("44/nowhere,");
        }
        peer.sendText("40/nowhere,");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).startsWith("namespaces: too many");
    }

    @Test
    void aLongNamespaceNameIsNotEchoed() throws Exception {
        var peer = wired.connected();
        peer.sendText("40/" + "x".repeat(5_000) + ",");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("namespace: 5001 characters (expected: at most 256)");
    }

    @Test
    void authHasALimitOfItsOwn() throws Exception {
        startAgain(config -> config.withPacketLimits(limits -> limits.withAuthMax(100)));
        wired.join(wired.connected(), "/", "{\"token\":\"short\"}");
        var peer = wired.connected();
        peer.sendText("40{\"token\":\"" + "x".repeat(100) + "\"}");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("auth: 112 characters (expected: at most 100)");
    }

    @Test
    void authThatIsTooDeepIsNoFaultOfTheServer() throws Exception {
        wired.server().of("/asking").use((socket, next) -> {
            socket.handshake().auth();
            next.proceed();
        });
        for (int depth : List.of(128, 129)) {
            var peer = wired.connected();
            peer.sendText("40/asking," + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
            assertThat(peer.readCloseCode()).isEqualTo(1002);
            assertThat(reason()).isEqualTo("JSON nests too deep (expected: at most 128)");
        }
        wired.join(wired.connected(), "/asking", "{\"a\":".repeat(127) + "1" + "}".repeat(127));
    }

    @Test
    void theReasonWhyAConnectionWasClosedIsOneShortLine() throws Exception {
        var peer = wired.connected();
        peer.sendText("42/forged\n2026-11-29 ERROR\u001b[31m,[\"x\"]");
        assertThat(peer.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("packet for a namespace not joined: /forged?2026-11-29 ERROR?[31m");
        var unknown = wired.joined();
        unknown.sendText("4NaN");
        assertThat(unknown.readCloseCode()).isEqualTo(1002);
        assertThat(reason()).isEqualTo("packet type: 'N' (expected: 0..6)");
    }
}
