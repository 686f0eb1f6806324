package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ReplyTemplateTest {

    private final ReplyTemplate reply = new ReplyTemplate("42[\"done\",{\"id\":%id%,\"seq\":%seq%}]");

    @Test
    void valuesAreCopiedUnchanged() {
        assertThat(to("42[\"go\",{\"id\":\"a\\\"b,}\",\"order\":{\"seq\":12}}]"))
                .isEqualTo("42[\"done\",{\"id\":\"a\\\"b,}\",\"seq\":12}]");
    }

    @Test
    void aMissingValueIsAnError() {
        assertThatThrownBy(() -> to("42[\"go\",{\"id\":\"a\"}]"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("\"seq\": missing");
    }

    private String to(String event) {
        var bytes = event.getBytes(US_ASCII);
        return new String(reply.render(bytes, 0, bytes.length), US_ASCII);
    }
}
