package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A hub that cannot start leaves nothing behind: its folder can be opened again at once.
class StartupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void aPartThatCannotStartClosesThoseBeforeIt() throws IOException {
        var secret = Files.createDirectory(data.resolve("development.secret"));
        assertThatThrownBy(() -> start(0)).hasMessageContaining(secret.toString());
        Files.delete(secret);
        startAndClose();
    }

    @Test
    void aPortInUseClosesAllParts() throws IOException {
        try (var occupied = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> start(occupied.getLocalPort()))
                    .hasMessageContaining(Integer.toString(occupied.getLocalPort()));
        }
        startAndClose();
    }

    private void startAndClose() {
        try (var hub = start(0)) {
            assertThat(hub.addresses()).hasSize(1);
        }
    }

    private WaybillServer start(int port) {
        return WaybillServer.start(Config.defaults(data).withPorts(List.of(port)));
    }
}
