package waybill.hub.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.access.Role;
import waybill.notification.Trigger;
import waybill.notification.TriggerTable;

class MessageTemplatesTest {

    private static final Map<String, String> VALUES = Map.of("orderNumber", "RND-1", "store", "Soup & Co");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

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

    @Test
    void aFolderReplacesTemplatesAndAddsLanguages() throws IOException {
        Files.writeString(folder.resolve("pt.properties"), "order_cancelled.customer.body=Cancelado: {orderNumber}\n");
        Files.writeString(folder.resolve("de.properties"), "order_cancelled.customer.title=Abbestellt\n");
        var templates = builtIn.overriddenBy(folder);
        var pt = templates.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.of("pt-BR"), VALUES);
        assertThat(pt).isEqualTo(new MessageText("Order cancelled", "Cancelado: RND-1"));
        var de = templates.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.of("de"), VALUES);
        assertThat(de).isEqualTo(new MessageText("Abbestellt", "Ihre Bestellung RND-1 wurde storniert."));
    }

    @Test
    void aMistakeInAFolderIsNamedAtTheStart() throws IOException {
        Files.writeString(folder.resolve("en.properties"), "order_canceled.customer.title=x\n");
        assertThatThrownBy(() -> builtIn.overriddenBy(folder))
                .hasMessageContaining("en.properties: order_canceled.customer.title (expected: one of ");
        Files.writeString(folder.resolve("en.properties"), "order_cancelled.customer.title={name}\n");
        assertThatThrownBy(() -> builtIn.overriddenBy(folder))
                .hasMessageContaining("order_cancelled.customer.title: {name} (expected: one of customer, driver,");
        assertThatThrownBy(() -> builtIn.overriddenBy(folder.resolve("none")))
                .hasMessageContaining("cannot be read (expected: a folder");
    }
}
