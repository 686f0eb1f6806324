package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsLimits;
import waybill.server.caps.CapsTestClient;

/// A burst of large parcels, and a driver whose line is slow.
class LargeParcelsTest {

    private static final String ACME = "acme-widgets";
    private static final int PARCELS = 22;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer hub;

    @BeforeEach
    void start() {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withCapsLimits(CapsLimits.off()));
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    /// 39 MB in the profile `merged`, where an outbox holds 32 MiB.
    @Test
    void aDriverThatReadsNothingDuringABurstIsSentAllOfItOnceItReads() throws IOException {
        try (var driver = SlowDriver.connect(hub.addresses().getFirst());
                var vendor = CapsTestClient.connect(hub.addresses().getFirst(), "role=vendor")) {
            var photo = "p".repeat(900_000);
            for (var i = 0; i < PARCELS; i++) {
                var order = json("store", ACME, "orderId", "m" + i, "photo", photo);
                assertThat(vendor.emitWithAck("pickup", order).optBoolean("ok")).isTrue();
            }
            var taken = json("store", ACME, "orderId", "m" + (PARCELS - 2));
            try (var other = CapsTestClient.connect(hub.addresses().getFirst(), "driverId=ola")) {
                assertThat(other.emitWithAck("in-transit", taken).optBoolean("ok"))
                        .isTrue();
            }
            vendor.emitWithAck("pickup", json("store", ACME, "orderId", "m" + PARCELS));
            var expected = new ArrayList<>(
                    IntStream.rangeClosed(0, PARCELS).mapToObj(i -> "m" + i).toList());
            expected.remove("m" + (PARCELS - 2)); // another driver has it by the time
            assertThat(driver.read(expected.size())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /// Each page has 13 parcels, 12.9 MB. What was read counts no more.
    @Test
    void aCallerThatDoesNotReadItsPagesIsSentNoMoreOfThem() throws IOException {
        try (var vendor = CapsTestClient.connect(hub.addresses().getFirst(), "role=vendor")) {
            var photo = "写".repeat(330_000);
            for (var i = 0; i < 14; i++) {
                var order = json("store", ACME, "orderId", "m" + i, "photo", photo);
                assertThat(vendor.emitWithAck("pickup", order).optBoolean("ok")).isTrue();
            }
        }
        try (var reading = new Page(hub.addresses().getFirst());
                var first = new Page(hub.addresses().getFirst());
                var second = new Page(hub.addresses().getFirst());
                var third = new Page(hub.addresses().getFirst())) {
            for (var i = 0; i < 4; i++) {
                assertThat(reading.ask()).startsWith("HTTP/1.1 200 ");
                reading.readBody();
            }
            assertThat(first.ask()).startsWith("HTTP/1.1 200 ");
            assertThat(second.ask()).startsWith("HTTP/1.1 200 ");
            assertThat(third.ask()).startsWith("HTTP/1.1 503 ").containsIgnoringCase("\r\nretry-after: 1\r\n");
        }
    }

    /// A connection on which pages of a queue are asked for, with hardly any room on its side.
    private static final class Page implements AutoCloseable {

        private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");

        private final Socket socket = new Socket();
        private int length;

        Page(InetSocketAddress address) throws IOException {
            socket.setReceiveBufferSize(4_096);
            socket.setSoTimeout(60_000);
            socket.connect(address);
        }

        /// The head of the answer.
        String ask() throws IOException {
            var request = "GET /api/v1/queues/" + ACME + "/pickup?limit=1000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = socket.getInputStream().read();
                assertThat(next).as("after %s", head).isNotNegative();
                head.append((char) next);
            }
            var found = LENGTH.matcher(head);
            assertThat(found.find()).isTrue();
            length = Integer.parseInt(found.group(1));
            return head.toString();
        }

        void readBody() throws IOException {
            assertThat(socket.getInputStream().readNBytes(length)).hasSize(length);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
