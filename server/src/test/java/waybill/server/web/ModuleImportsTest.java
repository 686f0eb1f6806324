package waybill.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ModuleImportsTest {

    private static final String SOCKET = "vendor/socket.io-client-4.8.4/socket.io.esm.min.js";

    private final ModuleImports modules =
            new ModuleImports(Map.of("waybill", "waybill/waybill.js", "socket.io-client", SOCKET));

    @Test
    void modulesOfModulesAreFoundAndThoseThatAreLoadedLaterAreNot() {
        assertThat(modules.of("app/dashboard.js"))
                .contains(
                        "app/dashboard.js",
                        "app/orders.js",
                        "app/ui.js",
                        "waybill/waybill.js",
                        "waybill/rest.js",
                        SOCKET)
                .doesNotContain("app/order-map.js", "app/page-analytics.js", "app/chart.js")
                .doesNotHaveDuplicates();
        assertThat(modules.preloads("app/signals.js"))
                .isEqualTo("<link rel=\"modulepreload\" href=\"" + WebFiles.pathOf("app/signals.js") + "\">");
    }
}
