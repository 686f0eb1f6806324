package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static waybill.server.caps.CapsTestClient.json;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsLimits;
import waybill.server.caps.CapsTestClient;

/// A driver that asks for its queue with `getAll` and does not read it.
class UnreadPagesTest {

    private static final String ACME = "acme-widgets";
    private static final int PARCELS = 8;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data)
                .withPorts(List.of(0))
                .withCapsLimits(CapsLimits.off().withPageReadWithin(Duration.ofMillis(100))));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aClientThatDoesNotReadAPageInTimeIsDisconnected() throws Exception {
        var address = hub.addresses().getFirst();
        try (var vendor = CapsTestClient.connect(address, "role=vendor")) {
            var photo = "p".repeat(900_000);
            for (var i = 0; i < PARCELS; i++) {
                var order = json("store", ACME, "orderId", "m" + i, "photo", photo);
                assertThat(vendor.emitWithAck("pickup", order).optBoolean("ok")).isTrue();
            }
        }
        try (var driver = SlowDriver.connect(address)) {
            driver.say("42/caps,[\"getAll\",{\"event\":\"pickup\"}]");
            awaitNoSocket(address);
            assertThatThrownBy(() -> driver.read(PARCELS)).isInstanceOf(IOException.class);
        }
    }

    private static void awaitNoSocket(InetSocketAddress address) throws Exception {
        var metrics = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + address.getPort() + "/metrics"))
                .build();
        try (var http = HttpClient.newHttpClient()) {
            while (!http.send(metrics, HttpResponse.BodyHandlers.ofString())
                    .body()
                    .contains("\nwaybill_sockets{namespace=\"/caps\"} 0.0\n")) {
                Thread.onSpinWait();
            }
        }
    }
}
