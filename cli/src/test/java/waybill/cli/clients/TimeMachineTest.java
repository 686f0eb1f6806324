package waybill.cli.clients;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The time machine in headless Chromium, of a hub and of an incident file, and the example of its page in the manual.
class TimeMachineTest {

    @Test
    void theSliderShowsAnOrderAsItWas() throws IOException, InterruptedException {
        BrowserScript.run("replay", 1);
    }
}
