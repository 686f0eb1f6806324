package waybill.server.live;

import static waybill.server.live.DialectServerFixture.ANNA;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import waybill.messaging.Confirmation;
import waybill.order.Order;
import waybill.order.OrderState;

/// The parts of a hub behind the marketplace dialect.
abstract class MarketplaceScenario {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    DialectServerFixture fixture;

    @BeforeEach
    void open() {
        fixture = DialectServerFixture.secured(data);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    Order ready() {
        return fixture.place(ANNA, "acme", OrderState.READY_FOR_PICKUP);
    }

    Confirmation receipt() {
        return fixture.store()
                .confirmations()
                .search(Optional.of("acme"), Optional.empty(), 0, 1)
                .getFirst();
    }

    /// What is noted of a receipt is written a little after it is so; reading again and again ends with the test.
    void awaitReceipt(Confirmation.State state) {
        while (receipt().state() != state) {
            fixture.store().journal().submit(_ -> true).join();
        }
    }
}
