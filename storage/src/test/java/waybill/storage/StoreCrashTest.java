package waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.journal.LogEntry;
import waybill.messaging.Queue;
import waybill.messaging.QueuedMessage;
import waybill.messaging.Topic;
import waybill.order.OrderState;
import waybill.storage.sql.StoreLimits;

/// Kills a writing process again and again, with no warning, and looks at what it left.
class StoreCrashTest {

    private static final int KILLS = 6;

    private final Random random = new Random(20260101);
    private final Set<String> placedIds = new HashSet<>();
    private final Set<String> delivered = new HashSet<>();
    private final Set<String> received = new HashSet<>();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void acknowledgedOrdersSurviveACrashExactlyOnce() throws IOException, InterruptedException {
        for (var life = 0; life < KILLS; life++) {
            killAfter(200 + random.nextInt(2_000), "life" + life);
            inspect();
        }
    }

    private void killAfter(int lines, String name) throws IOException, InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java,
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrashingWriter.class.getName(),
                        directory.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var output = process.inputReader()) {
            for (var i = 0; i < lines; i++) {
                readLine(output);
            }
            process.toHandle().destroyForcibly(); // unlike the process itself, leaves what it said to be read
            while (readLine(output)) {
                assertThat(placedIds).isNotEmpty(); // said before it died, so it counts
            }
        }
        process.waitFor();
    }

    /// Notes what the process says it has done. False at the end, and for a line that the kill cut short.
    private boolean readLine(BufferedReader output) throws IOException {
        var line = output.readLine();
        if (line == null) {
            return false;
        }
        var words = line.split(" ", 2);
        if (words.length < 2 || !words[1].matches("life\\d+-\\d+")) {
            return false;
        }
        switch (words[0]) {
            case "placed" -> placedIds.add(words[1]);
            case "delivered" -> delivered.add(words[1]);
            case "received" -> received.add(words[1]);
            default -> throw new AssertionError(line);
        }
        return true;
    }

    private void inspect() {
        try (var store = Store.open(directory, StoreLimits.defaults(), () -> {})) {
            var entries = store.eventLog().listAfter(0, 1_000_000);
            assertThat(names(entries, OrderState.READY_FOR_PICKUP))
                    .containsAll(placedIds)
                    .doesNotHaveDuplicates();
            assertThat(names(entries, OrderState.DELIVERED))
                    .containsAll(delivered)
                    .doesNotHaveDuplicates();
            assertThat(entries.getLast().sequence()).isEqualTo(entries.size());
            var waiting = store
                    .messageQueues()
                    .listMessages(new Queue("acme-widgets", Topic.DELIVERED), "no-reader", 0, Long.MAX_VALUE, 1_000_000)
                    .stream()
                    .map(QueuedMessage::messageId)
                    .toList();
            assertThat(waiting).doesNotContainAnyElementsOf(received).doesNotHaveDuplicates();
        }
    }

    /// The parcels that came to be in that state.
    private static List<String> names(List<LogEntry> entries, OrderState state) {
        return entries.stream()
                .filter(entry -> entry.previousState() != state
                        && entry.order().orElseThrow().state() == state)
                .map(OrderFixture::messageId)
                .toList();
    }
}
