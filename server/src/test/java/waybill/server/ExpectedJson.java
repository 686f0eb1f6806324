package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.regex.Pattern;

/// What a page of the manual says will come. A `…` stands for anything: as a text for any value, inside a text for some
/// characters, and as the name of a field for more fields.
public final class ExpectedJson {

    private static final String ANYTHING = "…";

    private ExpectedJson() {}

    /// Fails unless that came; `about` describes the failure.
    public static void assertMatches(JsonNode came, JsonNode expected, String about) {
        switch (expected.getNodeType()) {
            case OBJECT -> assertFields(came, expected, about);
            case ARRAY -> {
                assertThat(came).as(about).hasSameSizeAs(expected);
                for (var i = 0; i < expected.size(); i++) {
                    assertMatches(came.path(i), expected.get(i), about);
                }
            }
            case STRING -> assertText(came, expected.asText(), about);
            case NUMBER -> {
                assertThat(came.isNumber()).as("%s: %s", about, came).isTrue();
                assertThat(came.decimalValue()).as(about).isEqualByComparingTo(expected.decimalValue());
            }
            case BOOLEAN, NULL, BINARY, MISSING, POJO ->
                assertThat(came).as(about).isEqualTo(expected);
        }
    }

    private static void assertFields(JsonNode came, JsonNode expected, String about) {
        expected.properties().stream()
                .filter(field -> !field.getKey().equals(ANYTHING))
                .forEach(field ->
                        assertMatches(came.path(field.getKey()), field.getValue(), about + "\n  at " + field.getKey()));
        if (!expected.has(ANYTHING)) {
            assertThat(came.propertyStream().map(Map.Entry::getKey))
                    .as(about)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.propertyStream().map(Map.Entry::getKey).toList());
        }
    }

    private static void assertText(JsonNode came, String expected, String about) {
        assertThat(came.isMissingNode()).as("%s: missing", about).isFalse();
        if (!expected.equals(ANYTHING)) {
            assertThat(came.isTextual()).as("%s: %s", about, came).isTrue();
            assertThat(came.asText()).as(about).matches(Pattern.quote(expected).replace(ANYTHING, "\\E.+\\Q"));
        }
    }
}
