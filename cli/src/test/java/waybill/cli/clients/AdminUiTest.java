package waybill.cli.clients;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The stock page of the Socket.IO Admin UI in headless Chromium, as `serve` serves it.
class AdminUiTest {

    @Test
    void theStockPageShowsSocketsAndControlsThem() throws IOException, InterruptedException {
        BrowserScript.run("admin-ui", 1);
    }
}
