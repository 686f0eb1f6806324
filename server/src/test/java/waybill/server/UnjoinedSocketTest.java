package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a client without a token can make the hub hold over its own port, with the settings that it has by default.
class UnjoinedSocketTest {

    private static final int PROTOCOL_ERROR = 1002;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
    }

    @AfterEach
    void stop() {
        hub.close();
        http.close();
    }

    private RawConnection connect() throws Exception {
        return new RawConnection(http, hub.addresses().getFirst());
    }

    @Test
    void attachmentsAreRejectedBeforeANamespaceIsJoined() throws Exception {
        var line = connect();
        line.send("4510-[\"x\",{\"_placeholder\":true,\"num\":0}]");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void aPacketIsAsLargeAsAMessageAtMostTogetherWithItsAttachments() throws Exception {
        var line = connect();
        line.send("40/caps,");
        assertThat(line.next()).startsWith("40/caps,{\"sid\":");
        line.send("4510-/caps,[\"x\",{\"_placeholder\":true,\"num\":0}]");
        line.send(new byte[990_000]);
        line.send(new byte[990_000]);
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void namespacesThatDoNotExistAreAskedForAHundredTimesAtMost() throws Exception {
        var line = connect();
        for (int i = 0; i < 100; i++) {
            line.send("40/made-up-" + i + ",");
            assertThat(line.next()).isEqualTo("44/made-up-" + i + ",{\"message\":\"Invalid namespace\"}");
        }
        line.send("40/made-up,");
        assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
    }

    @Test
    void authThatNestsTooDeepIsAParseError() throws Exception {
        for (int depth : new int[] {128, 129}) {
            for (var namespace : List.of("/caps", "/realtime")) {
                var line = connect();
                line.send("40" + namespace + "," + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth));
                assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
            }
        }
    }

    @Test
    void whatIsNoPacketClosesTheConnection() throws Exception {
        for (var text : List.of("4NaN", "49", "450-[\"x\"]", "42{}")) {
            var line = connect();
            line.send(text);
            assertThat(line.closed()).isEqualTo(PROTOCOL_ERROR);
        }
    }
}
