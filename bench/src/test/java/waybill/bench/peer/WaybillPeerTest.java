package waybill.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class WaybillPeerTest {

    @Test
    void theHubIsMeasuredWithTheOptionsOfTheLauncher() {
        var own = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X"))
                .toList();
        assertThat(own).isNotEmpty();
        var hub = new WaybillPeer(WaybillPeer.Part.HUB, 1, Path.of("data"), List.of("-Xmx64m"));
        var words = hub.command("tracking", 1, "secret").words();
        assertThat(words).containsSubsequence(own).containsSubsequence(own.getLast(), "-Xmx64m");
    }
}
