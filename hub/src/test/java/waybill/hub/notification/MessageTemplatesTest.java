package waybill.hub.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.access.Role;
import waybill.notification.Trigger;
import waybill.notification.TriggerTable;

class MessageTemplatesTest {

    private static final Map<String, String> VALUES = Map.of("orderNumber", "RND-1", "store", "Soup & Co");

    private final MessageTemplates builtIn = MessageTemplates.builtIn();

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "es", "fr"})
    void everyLanguageHasAllWordsOfItsOwn(String language) {
        for (var trigger : Trigger.values()) {
            for (var role : Role.values()) {
                if (TriggerTable.channels(trigger, role).isEmpty() || trigger == Trigger.NOTIFICATION) {
                    continue;
                }
                var text = builtIn.render(trigger, role, Optional.of(language), VALUES);
                assertThat(text.title()).as(language + trigger).isNotBlank().doesNotContain("{", "[");
                assertThat(text.body()).doesNotContain("{", "[", "]", "}");
                if (!language.equals("en")) {
                    assertThat(text).isNotEqualTo(builtIn.render(trigger, role, Optional.of("en"), VALUES));
                }
            }
        }
    }

    private String body(String locale, Map<String, String> values) {
        return builtIn.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.of(locale), values)
                .body();
    }

    @Test
    void aLanguageFallsBackToItsFirstPartAndThenToEnglish() {
        assertThat(body("de-CH", VALUES)).isEqualTo("Ihre Bestellung RND-1 wurde storniert.");
        assertThat(body("de_AT", VALUES)).isEqualTo("Ihre Bestellung RND-1 wurde storniert.");
        assertThat(body("ja", VALUES)).isEqualTo("Your order RND-1 was cancelled.");
        assertThat(body("", VALUES)).isEqualTo("Your order RND-1 was cancelled.");
        assertThat(builtIn.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.empty(), VALUES)
                        .title())
                .isEqualTo("Order cancelled");
    }

    @Test
    void whatIsNotKnownIsLeftOutWithItsSentence() {
        assertThat(body("en", Map.of("orderNumber", "RND-1", "reason", "no soup")))
                .isEqualTo("Your order RND-1 was cancelled: no soup.");
    }

    @Test
    void aValueIsNoTemplateAndNoHeader() {
        assertThat(body("en", Map.of("orderNumber", "RND-1", "reason", "{store} $1 \\ [x]\r\nBcc: a@b\u0000")))
                .isEqualTo("Your order RND-1 was cancelled: {store} $1 \\ [x] Bcc: a@b .");
    }

    @Test
    void titlesAndBodiesAreCut() {
        var text = builtIn.render(
                Trigger.NOTIFICATION,
                Role.DRIVER,
                Optional.empty(),
                Map.of("title", "🚚".repeat(200), "message", "x".repeat(2_000)));
        assertThat(text.title().codePointCount(0, text.title().length())).isEqualTo(MessageText.TITLE_MAX);
        assertThat(text.title()).endsWith("🚚…");
        assertThat(text.body()).hasSize(MessageText.BODY_MAX).endsWith("x…");
    }
}
