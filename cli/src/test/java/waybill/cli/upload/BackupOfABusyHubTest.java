package waybill.cli.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.cli.HubProcess;
import waybill.cli.ProgramProcess;

/// `waybill backup` while stores place orders all the time, and `waybill restore` elsewhere: what was acknowledged
/// before the backup began is there.
@Timeout(180)
class BackupOfABusyHubTest {

    private static final int STORES = 3;
    private static final int ORDERS_BEFORE = 100;
    private static final byte[] PHOTO = ProofClient.jpeg(200_000);

    @TempDir
    private Path folder = Path.of("");

    @Test
    void whatWasAcknowledgedBeforeTheBackupIsInTheRestoredHub() throws IOException, InterruptedException {
        var acknowledged = new ConcurrentLinkedQueue<String>();
        var isOver = new AtomicBoolean();
        List<String> before;
        String proven;
        try (var hub = HubProcess.start(0, folder.resolve("data"), "--rest-rate", "0", "--order-rate", "0");
                var client = new ProofClient(hub.url())) {
            proven = provenOrder(client);
            var stores = new ArrayList<Thread>();
            for (var i = 0; i < STORES; i++) {
                stores.add(Thread.startVirtualThread(() -> placeOrders(client, acknowledged, isOver)));
            }
            while (acknowledged.size() < ORDERS_BEFORE) {
                Thread.onSpinWait();
            }
            before = List.copyOf(acknowledged);
            run(
                    "copied and checked \\d+ files, \\d+ bytes, \\d+ events, \\d+ orders",
                    0,
                    "backup",
                    folder.resolve("backup"),
                    folder.resolve("data"));
            isOver.set(true);
            for (var store : stores) {
                store.join();
            }
        }
        assertThat(acknowledged).as("orders were placed during the backup").hasSizeGreaterThan(before.size());
        run(
                "restored and checked \\d+ files, \\d+ bytes, \\d+ events, \\d+ orders",
                0,
                "restore",
                folder.resolve("backup"),
                folder.resolve("elsewhere"));
        try (var hub = HubProcess.start(0, folder.resolve("elsewhere"), "--rest-rate", "0");
                var client = new ProofClient(hub.url())) {
            for (var order : before) {
                var answer = client.send(client.request("merchant:bakery", "/api/v1/orders/" + order));
                assertThat(answer.statusCode()).as(order).isEqualTo(200);
            }
            assertThat(client.image("driver:kari", proven, 1)).isEqualTo(PHOTO);
            client.inTransit("driver:kari"); // the restored hub goes on
        }
    }

    private static String provenOrder(ProofClient client) throws IOException, InterruptedException {
        var order = client.inTransit("driver:kari");
        var photo = client.photo("driver:kari", order, BodyPublishers.ofByteArray(PHOTO));
        assertThat(client.begin(photo).join().statusCode()).isEqualTo(201);
        return order;
    }

    private static void placeOrders(ProofClient client, Queue<String> acknowledged, AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                var order = client.send(
                        client.request("merchant:bakery", "/api/v1/orders").POST(BodyPublishers.ofString("""
                                {"customerId": "ada", "deliveryAddress": "1 Elm Road",
                                 "items": [{"product": "bread", "quantity": 1}]}
                                """)));
                assertThat(order.statusCode()).as(order.body()).isEqualTo(201);
                acknowledged.add(new JSONObject(order.body()).getString("orderId"));
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFullDiskIsReportedAndLeavesNoHalfBackup() throws IOException, InterruptedException {
        try (var hub = HubProcess.start(0, folder.resolve("data"));
                var client = new ProofClient(hub.url())) {
            provenOrder(client);
        }
        var full = Files.createDirectory(folder.resolve("full"));
        for (var command : List.of("backup", "restore")) {
            var from = folder.resolve("copy of " + command);
            if (command.equals("restore")) {
                run("copied and checked", 0, "backup", from, folder.resolve("data"));
            }
            var line = command.equals("backup")
                    ? Stream.of(
                            "backup",
                            full.toString(),
                            "--data",
                            folder.resolve("data").toString())
                    : Stream.of("restore", from.toString(), "--data", full.toString());
            var java = ProgramProcess.command(line.toArray(String[]::new));
            var shell = "mount -t tmpfs -o size=128k none '" + full + "' && \"$@\"; code=$?; ls -A '" + full
                    + "'; exit $code";
            var inNamespace = Stream.concat(Stream.of("unshare", "-rm", "sh", "-c", shell, "sh"), java.stream())
                    .toList();
            try (var program = ProgramProcess.start(Map.of(), Path.of("."), inNamespace)) {
                assertThat(program.awaitExit()).as("%s", program.lines()).isOne();
                assertThat(program.lines())
                        .as(command)
                        .singleElement()
                        .asString()
                        .matches("waybill: (backup|data): .*" + full
                                + ".*(expected: space for|has \\d+ bytes free \\(expected: at least) \\d+.*");
            }
        }
    }

    private static void run(String line, int exitCode, String command, Path directory, Path data)
            throws InterruptedException {
        var java = ProgramProcess.command(command, directory.toString(), "--data", data.toString());
        try (var program = ProgramProcess.start(Map.of(), Path.of("."), java)) {
            assertThat(program.awaitExit()).as("%s", program.lines()).isEqualTo(exitCode);
            program.line(line);
        }
    }
}
