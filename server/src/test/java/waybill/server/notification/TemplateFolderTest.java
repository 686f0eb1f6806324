package waybill.server.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Role;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.notification.MessageText;
import waybill.notification.Trigger;

class TemplateFolderTest {

    private static final Map<String, String> VALUES = Map.of("orderNumber", "RND-1", "store", "Soup & Co");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final MessageTemplates builtIn = MessageTemplates.builtIn();

    @Test
    void aFolderReplacesTemplatesAndAddsLanguages() throws IOException {
        Files.writeString(folder.resolve("pt.properties"), "order_cancelled.customer.body=Cancelado: {orderNumber}\n");
        Files.writeString(folder.resolve("de.properties"), "order_cancelled.customer.title=Abbestellt\n");
        var templates = new TemplateFolder(folder).override(builtIn);
        var pt = templates.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.of("pt-BR"), VALUES);
        assertThat(pt).isEqualTo(new MessageText("Order cancelled", "Cancelado: RND-1"));
        var de = templates.render(Trigger.ORDER_CANCELLED, Role.CUSTOMER, Optional.of("de"), VALUES);
        assertThat(de).isEqualTo(new MessageText("Abbestellt", "Ihre Bestellung RND-1 wurde storniert."));
    }

    @Test
    void aMistakeInAFolderIsNamedAtTheStart() throws IOException {
        Files.writeString(folder.resolve("en.properties"), "order_canceled.customer.title=x\n");
        assertThatThrownBy(() -> new TemplateFolder(folder).override(builtIn))
                .hasMessageContaining("en.properties: order_canceled.customer.title (expected: one of ");
        Files.writeString(folder.resolve("en.properties"), "order_cancelled.customer.title={name}\n");
        assertThatThrownBy(() -> new TemplateFolder(folder).override(builtIn))
                .hasMessageContaining("order_cancelled.customer.title: {name} (expected: one of customer, driver,");
        assertThatThrownBy(() -> new TemplateFolder(folder.resolve("none")).override(builtIn))
                .hasMessageContaining("cannot be read (expected: a folder");
    }
}
