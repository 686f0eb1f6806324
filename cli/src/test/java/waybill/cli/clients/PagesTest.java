package waybill.cli.clients;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The pages in headless Chromium: what their users see and do, without an error of a page or its policy.
class PagesTest {

    @Test
    void thePagesShowADeliveryLive() throws IOException, InterruptedException {
        BrowserScript.run("pages", 3);
    }

    @Test
    void thePagesShowWhatDoesNotGoAsPlanned() throws IOException, InterruptedException {
        BrowserScript.run("people", 5);
    }
}
