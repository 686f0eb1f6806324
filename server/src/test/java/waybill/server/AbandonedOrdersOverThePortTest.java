package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.concurrent.Threads;
import waybill.hub.dispatch.DispatchSettings;
import waybill.hub.dispatch.DispatchSettings.Strategy;
import waybill.server.caps.CapsTestClient;
import waybill.server.identity.Grant;
import waybill.server.live.LiveTestClient;

/// Orders without an event for the days of `--abandoned-days`, as the clients of a hub see them end.
class AbandonedOrdersOverThePortTest {

    private static final String ACME = "acme-widgets";
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Principal MERCHANT = new Principal("ann", Role.MERCHANT, null, null, ACME);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    @BeforeEach
    void start() {
        var orders = OrderSettings.defaults();
        var system = InstantSource.system();
        // the end of an offer is an event too, and would come with the jump of the clock
        var withoutDeadlines = DispatchSettings.defaults().withStrategy(Strategy.OFF);
        hub = WaybillServer.start(
                Config.defaults(data)
                        .withPorts(List.of(0))
                        .withOrders(new OrderSettings(
                                        orders.numberPrefix(), orders.acceptWithin(), orders.retention(), WEEK)
                                .withDispatch(withoutDeadlines)),
                new Platform(
                        () -> system.instant().plus(ahead.get()),
                        () -> System.nanoTime() + ahead.get().toNanos(),
                        new SecureRandom(),
                        Threads.ofPlatform()));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aParcelThatNoDriverCollectsIsCancelledAndLeavesTheQueue() {
        var address = hub.addresses().getFirst();
        var token = hub.identity().issuer().orElseThrow().issue(new Grant(MERCHANT, WEEK.multipliedBy(3)));
        try (var vendor = CapsTestClient.connect(address, "role=vendor");
                var merchant = LiveTestClient.connect(address, "/realtime", Map.of("token", token), "");
                var driver = CapsTestClient.connect(address, "driverId=kari")) {
            place(vendor, "uncollected");
            ahead.set(WEEK.minusHours(2));
            place(vendor, "young");
            ahead.set(WEEK.plusHours(2));
            var ended = merchant.nextEvent();
            while (!ended.payload().optString("status").equals("cancelled")) {
                ended = merchant.nextEvent();
            }
            assertThat(ended.event()).isEqualTo("order:status_update");
            assertThat(ended.payload().optString("previousStatus")).isEqualTo("ready_for_pickup");
            var waiting = driver.emitWithAck("getAll", json("event", "pickup"));
            assertThat(waiting.optInt("count")).isEqualTo(1);
        }
    }

    private static void place(CapsTestClient vendor, String id) {
        var parcel = json("clientId", ACME, "messageId", id, "order", json("orderId", id, "customer", "Jane Doe"));
        assertThat(vendor.emitWithAck("pickup", parcel).optBoolean("ok")).isTrue();
    }
}
