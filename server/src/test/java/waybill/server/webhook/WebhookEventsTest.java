package waybill.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import waybill.server.rest.contract.Contract;

/// The types of events and the delays of retries are the same in the code, in the contract and in the documentation.
class WebhookEventsTest {

    private static final Path PAGE = Path.of("../docs/webhooks.md");

    @Test
    void theContractHasEachTypeAndTheOneForAll() throws IOException {
        var types = new YAMLMapper()
                .readTree(Contract.read().yaml())
                .at("/components/schemas/WebhookEvents/items/enum")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        var expected = new ArrayList<>(List.of("*"));
        expected.addAll(WebhookEvents.ALL);
        assertThat(types).containsExactlyElementsOf(expected);
    }

    @Test
    void thePageDescribesEachType() throws IOException {
        var described = Pattern.compile("(?m)^\\| `([a-z]+\\.[a-z_]+)` \\|")
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(described).containsExactlyElementsOf(WebhookEvents.ALL);
    }

    @Test
    void thePageHasTheDelaysOfTheSchedule() throws IOException {
        var rows = Pattern.compile("(?m)^\\| (\\d+) \\| (\\d+) (s|min|h) \\|$")
                .matcher(Files.readString(PAGE))
                .results()
                .map(row -> Duration.parse("PT" + row.group(2) + row.group(3).charAt(0)))
                .toList();
        assertThat(rows).containsExactlyElementsOf(WebhookSender.SCHEDULE.delays());
    }
}
