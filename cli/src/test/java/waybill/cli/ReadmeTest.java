package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Follows the instructions of the README, with another port and directory.
class ReadmeTest {

    private static final Path JAVASCRIPT = MarkdownPage.ROOT.resolve("examples/caps-javascript");
    private static final Pattern CURL = Pattern.compile("curl \"?([^\"]+)\"?");

    @TempDir
    private Path data = Path.of("");

    private final List<ProgramProcess> programs = new ArrayList<>();

    @AfterEach
    void stopEverything() {
        programs.forEach(ProgramProcess::close);
    }

    @Test
    void theCommandsDoWhatTheReadmeStates() throws IOException, InterruptedException {
        var hub = hub();
        for (var line : blocks("sh").flatMap(String::lines).toList()) {
            var curl = CURL.matcher(line);
            if (curl.matches()) {
                assertThat(get(here(curl.group(1), hub))).as(line).isEqualTo(200);
            } else if (!line.equals("./waybill serve")) {
                programs.add(
                        ProgramProcess.waybill((line.replaceFirst("^\\./waybill ", "") + " --url " + hub).split(" ")));
            }
        }
        assertThat(programs).hasSize(3);
        programs.getLast().line("^Thank you for your order ");
    }

    @Test
    void theCustomerReceivesEveryStepOfTheScript() throws IOException, InterruptedException {
        NodeJs.require(JAVASCRIPT);
        var hub = hub();
        ProgramProcess follower;
        try (var token = ProgramProcess.waybill(
                "token",
                "--user",
                "jane",
                "--role",
                "customer",
                "--data",
                hubData().toString())) {
            follower =
                    client("/realtime", hub, Map.of("JANE", token.line("^\\S+$").group()));
        }
        follower.line("^jane is connected$");
        try (var script = script(here(blocks("bash").findFirst().orElseThrow(), hub))) {
            assertThat(script.awaitExit()).as("printed %s", script.lines()).isZero();
            assertThat(script.lines()).noneMatch(line -> line.contains("\"code\""));
        }
        follower.line(" is delivered$");
        assertThat(follower.lines("^WB-\\S+ is (\\w+)$", 7))
                .extracting(step -> step.group(1))
                .containsExactly(
                        "pending",
                        "accepted",
                        "ready_for_pickup",
                        "assigned_to_driver",
                        "picked_up",
                        "in_transit",
                        "delivered");
    }

    @Test
    void theClientGetsItsAckAndItsDelivery() throws IOException, InterruptedException {
        NodeJs.require(JAVASCRIPT);
        var hub = hub();
        var node = client("/caps", hub, Map.of());
        node.line("ok: true");
        programs.add(ProgramProcess.waybill("driver", "--url", hub, "--pickup-after", "0", "--deliver-after", "0"));
        node.line("^Thank you for your order Kari\\.$");
    }

    private String hub() throws InterruptedException {
        var hub = ProgramProcess.waybill(
                "serve", "--port", "0", "--data", hubData().toString());
        programs.add(hub);
        return hub.line("listens on (http://[\\w.:]+)").group(1);
    }

    /// The data directory of the hub, relative to the reader's folder.
    private Path hubData() {
        return data.resolve("data");
    }

    /// The README's client of that namespace.
    private ProgramProcess client(String namespace, String hub, Map<String, String> environment) throws IOException {
        var text = blocks("js")
                .filter(block -> block.contains(namespace))
                .findFirst()
                .orElseThrow();
        var file = Files.writeString(
                JAVASCRIPT.resolve("node_modules/readme" + namespace.replace('/', '-') + ".mjs"), here(text, hub));
        var node = ProgramProcess.start(environment, JAVASCRIPT, List.of("node", file.toString()));
        programs.add(node);
        return node;
    }

    /// Runs a script in a folder where `./waybill` is the one under test.
    private ProgramProcess script(String text) throws IOException {
        var waybill = Files.writeString(
                data.resolve("waybill"),
                "#!/bin/sh\nexec '" + String.join("' '", ProgramProcess.command()) + "' \"$@\"\n");
        assertThat(waybill.toFile().setExecutable(true)).isTrue();
        var file = Files.writeString(data.resolve("order.sh"), "set -eu\n" + text);
        return ProgramProcess.start(Map.of(), data, List.of("bash", file.toString()));
    }

    private static Stream<String> blocks(String language) throws IOException {
        return MarkdownPage.of("README.md").blocks().stream()
                .filter(block -> block.info().equals(language))
                .map(MarkdownPage.Block::code);
    }

    private static String here(String text, String hub) {
        return text.replace("http://localhost:9001", hub);
    }

    private static int get(String url) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
