package waybill.cli.clients;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/// The dashboard in headless Chromium: what its users see and do, without an error of the page or its policy.
class DashboardTest {

    @Test
    void theListsShowADeliveryLive() throws IOException, InterruptedException {
        BrowserScript.run("dashboard", 9);
    }

    @Test
    void theMapShowsDriversAndAssignsOrders() throws IOException, InterruptedException {
        BrowserScript.run("map", 7);
    }

    @Test
    void thePanelAndTheAnalyticsShowAllOfAnOrder() throws IOException, InterruptedException {
        BrowserScript.run("panel", 4);
    }
}
