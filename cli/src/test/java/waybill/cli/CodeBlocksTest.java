package waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// Every code block of the documentation is run by a test, or listed here with the reason why none runs it. The
/// commands of blocks in which there are only commands of the hub are parsed by [DocumentationTest].
class CodeBlocksTest {

    /// A test that runs code blocks of a page.
    ///
    /// @param info a regular expression for what stands behind the fences of these blocks
    /// @param test the file of the test, which names the page
    record Runner(String page, String info, String test) {}

    /// A block that no test runs.
    ///
    /// @param start how its code begins
    record NotRun(String page, String start, String reason) {}

    private static final String CLI = "cli/src/test/java/waybill/cli/";
    private static final String SERVER = "server/src/test/java/waybill/server/";

    static final List<Runner> RUNNERS = List.of(
            new Runner("README.md", "sh|bash|js", CLI + "ReadmeTest.java"),
            new Runner(
                    "clients/javascript/README.md", "js (customer|driver)", "clients/javascript/test/readme.test.js"),
            new Runner("clients/javascript/README.md", "js", "cli/src/test/js/react.test.js"),
            new Runner("docs/caps.md", "caps", SERVER + "DocumentedConversationTest.java"),
            new Runner("docs/realtime.md", "realtime", SERVER + "DocumentedConversationTest.java"),
            new Runner("docs/marketplace.md", "marketplace", SERVER + "DocumentedConversationTest.java"),
            new Runner("docs/storefront.md", "storefront", SERVER + "DocumentedConversationTest.java"),
            new Runner("docs/caps.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/realtime.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/marketplace.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/storefront.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/identity.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/webhooks.md", "js", CLI + "clients/PageSnippets.java"),
            new Runner("docs/admin-ui.md", "js", "cli/src/test/js/admin-ui.test.js"),
            new Runner("docs/time-machine.md", "js", "cli/src/test/js/replay.test.js"),
            new Runner("docs/install.md", "sh", CLI + "packages/PackagesTest.java"),
            new Runner("docs/cluster.md", "haproxy nodes.cfg", CLI + "orders/HubNodes.java"),
            new Runner("docs/emit.md", "js (client|backend)", CLI + "clients/NodeBackendTest.java"),
            new Runner("docs/emit.md", "sh|json", SERVER + "rest/DocumentedRestTest.java"),
            new Runner("docs/payments.md", "js (checkout|report)", CLI + "clients/NodeBackendTest.java"),
            new Runner("docs/identity.md", "claims", SERVER + "identity/DocumentedTokensTest.java"),
            new Runner("docs/identity.md", "sh", CLI + "TokenCommandTest.java"),
            new Runner("docs/proof.md", "sh|json", SERVER + "rest/DocumentedRestTest.java"),
            new Runner("docs/rest.md", "sh|json", SERVER + "rest/DocumentedRestTest.java"),
            new Runner("docs/trackers.md", "sh|json", SERVER + "rest/DocumentedRestTest.java"),
            new Runner("docs/tracking-links.md", "sh|json", SERVER + "rest/DocumentedRestTest.java"),
            new Runner("docs/java.md", "java .*", CLI + "clients/ClientGuide.java"),
            new Runner("docs/javascript.md", "js .*", CLI + "clients/ClientGuide.java"),
            new Runner("docs/kotlin.md", "kotlin .*", CLI + "clients/ClientGuide.java"),
            new Runner("docs/python.md", "python .*", CLI + "clients/ClientGuide.java"),
            new Runner("docs/migration.md", "js .*", CLI + "clients/MigrationPageTest.java"),
            new Runner("docs/react.md", "jsx .*", "cli/src/test/js/react.test.js"),
            new Runner("docs/http-tools.md", "bash", "cli/src/test/js/react.test.js"),
            new Runner("docs/react-native.md", "js .*", "clients/javascript/test/readme.test.js"),
            new Runner(
                    "socketio/README.md",
                    "java|js|xml|sh",
                    "socketio/src/test/java/waybill/socketio/readme/ReadmeTest.java"),
            new Runner(
                    "socketio-redis/README.md",
                    "java",
                    "socketio-redis/src/test/java/waybill/socketio/redis/ReadmeTest.java"));

    static final List<NotRun> EXCEPTIONS = List.of(
            new NotRun("docs/admin-ui.md", "INFO  admin", "a line of the log"),
            new NotRun(
                    "docs/architecture.md",
                    "waybill  ",
                    "a list of folders, compared with them by ArchitecturePageTest"),
            new NotRun("docs/architecture.md", "flowchart", "a drawing"),
            new NotRun(
                    "docs/cluster.md",
                    "import { Emitter }",
                    "needs Redis; the emitter itself is tested in socketio-redis"),
            new NotRun("docs/demo.md", "TOKEN=$(curl", "an order for the demo, the same request as in docs/rest.md"),
            new NotRun("docs/deployment.md", "# /etc/systemd", "needs systemd and root"),
            new NotRun("docs/deployment.md", "WAYBILL_JWT_SECRET", "a file of variables"),
            new NotRun("docs/deployment.md", "systemctl stop", "needs systemd and root"),
            new NotRun("docs/deployment.md", "pg_dump", "needs a server of PostgreSQL"),
            new NotRun("docs/java.md", "dependencies {", "Gradle; Maven brings the same version"),
            new NotRun("docs/kotlin.md", "dependencies {", "Gradle; Maven brings the same version"),
            new NotRun("docs/notifications.md", "const { publicKey }", "needs a browser's push service"),
            new NotRun("docs/operations.md", "scrape_configs:", "a configuration of Prometheus"),
            new NotRun("docs/proof.md", "format=waybill-proof-1", "a form of text, not code"),
            new NotRun("docs/proof.md", "aws s3 sync", "needs a bucket and the tool of its provider"),
            new NotRun("docs/proof.md", "export AWS", "needs a bucket"),
            new NotRun(
                    "docs/react.md", "npm create vite", "downloads a template; the test of the page writes its files"),
            new NotRun("docs/swift.md", "", "no build has a Swift compiler; the page says so"),
            new NotRun("docs/trackers.md", "https://hub.example", "an address that the user enters in an app"),
            new NotRun("docs/tracking-links.md", "$ curl -N", "a response that does not end"),
            new NotRun(
                    "docs/tracking-links.md",
                    "const source",
                    "EventSource of browsers, for which the page of the link is tested"),
            new NotRun("docs/webhooks.md", "curl -X POST", "its receiver would be on the internet"),
            new NotRun("docs/webhooks.md", "{\"webhookId\"", "the response to it"),
            new NotRun("docs/webhooks.md", "POST /webhooks", "a request of the hub"),
            new NotRun("examples/react-native-driver/README.md", "import AsyncStorage", "needs a phone"),
            new NotRun("examples/react-tracking/README.md", "curl -X POST", "the same request as in docs/rest.md"),
            new NotRun(
                    "examples/realtime-javascript/README.md", "curl -X POST", "the same requests as in docs/rest.md"),
            new NotRun("examples/storefront-javascript/README.md", "", "what the tests of the example do"));

    @Test
    void everyCodeBlockIsRunOrListed() throws IOException {
        var neither = new ArrayList<String>();
        for (var page : MarkdownPage.all()) {
            for (var block : page.blocks()) {
                if (!isRun(page, block)
                        && !hasOnlyCommands(block)
                        && exceptions(page, block).findAny().isEmpty()) {
                    neither.add("%s: ```%s %s".formatted(page, block.info(), block.firstLine()));
                }
            }
        }
        assertThat(neither).isEmpty();
    }

    @ParameterizedTest
    @FieldSource("RUNNERS")
    void theTestOfTheBlocksNamesTheirPage(Runner runner) throws IOException {
        var page = MarkdownPage.of(runner.page());
        assertThat(page.blocks()).anyMatch(block -> block.info().matches(runner.info()));
        var name = page.file().getFileName().toString();
        assertThat(Files.readString(MarkdownPage.ROOT.resolve(runner.test())))
                .containsAnyOf(name, '"' + name.replace(".md", "") + '"');
    }

    @ParameterizedTest
    @FieldSource("EXCEPTIONS")
    void eachExceptionIsOneOfABlockThatNoTestRuns(NotRun exception) throws IOException {
        var page = MarkdownPage.of(exception.page());
        assertThat(page.blocks())
                .anyMatch(block -> exceptions(page, block).anyMatch(exception::equals) && !isRun(page, block));
    }

    private static boolean isRun(MarkdownPage page, MarkdownPage.Block block) {
        return RUNNERS.stream()
                .anyMatch(runner ->
                        runner.page().equals(page.name()) && block.info().matches(runner.info()));
    }

    private static Stream<NotRun> exceptions(MarkdownPage page, MarkdownPage.Block block) {
        return EXCEPTIONS.stream()
                .filter(exception -> exception.page().equals(page.name())
                        && block.code().strip().startsWith(exception.start()));
    }

    private static boolean hasOnlyCommands(MarkdownPage.Block block) {
        return block.code().replace("\\\n", " ").lines().allMatch(line -> line.matches("(.*\\W)?waybill [a-z].*"));
    }
}
