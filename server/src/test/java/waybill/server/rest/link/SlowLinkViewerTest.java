package waybill.server.rest.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;
import waybill.server.socket.SocketLimits;

/// A viewer of a public link that reads nothing for a while, with hardly any room on its side.
@Timeout(120)
class SlowLinkViewerTest {

    private static final int ROOM_BYTES = 2_048;

    /// Together more than operating systems buffer for such a connection.
    private static final int POSITIONS = 3_000;

    private static final Pattern LATITUDE = Pattern.compile("^data: \\{\"latitude\":([\\d.]+),");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void itReceivesTheNewestPositionAndNoBacklog() throws IOException {
        try (var api = ApiTestClient.start(data, config -> config.withSocketLimits(SocketLimits.off()));
                var slow = new Socket()) {
            var order = api.place("customer:bob", "wok");
            for (var status : new String[] {"accepted", "ready_for_pickup"}) {
                api.status("merchant:wok", order, status).is(200);
            }
            for (var status : new String[] {"assigned_to_driver", "picked_up"}) {
                api.status("driver:kari", order, status).is(200);
            }
            var token = api.post("customer:bob", "/orders/" + order + "/share", "")
                    .is(201)
                    .text("token");
            slow.setReceiveBufferSize(ROOM_BYTES);
            slow.connect(new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), api.uri("/").getPort()));
            slow.getOutputStream()
                    .write(("GET /t/" + token + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(slow.getInputStream(), StandardCharsets.US_ASCII));
            readUntil(in, "event: state");
            var newest = drive(api);
            api.status("driver:kari", order, "in_transit").is(200); // the viewer is sent the newest state as well
            var seen = 0;
            var before = 0.0;
            var line = in.readLine();
            while (!line.contains("\"status\":\"in_transit\"")) {
                var position = LATITUDE.matcher(line);
                if (position.find()) {
                    var latitude = Double.parseDouble(position.group(1));
                    assertThat(latitude).isGreaterThan(before);
                    before = latitude;
                    seen++;
                }
                line = in.readLine();
            }
            assertThat(line).contains("\"latitude\":" + newest);
            assertThat(seen).isLessThan(POSITIONS / 2);
        }
    }

    /// Sends positions continuously and returns the last latitude.
    private static double drive(ApiTestClient api) {
        var latitude = 0.0;
        for (var i = 1; i <= POSITIONS; i++) {
            latitude = 10 + i / 10_000.0;
            api.post(
                            "driver:kari",
                            "/api/v1/drivers/me/location",
                            "{\"latitude\": %s, \"longitude\": 10.5}".formatted(latitude))
                    .is(200);
        }
        return latitude;
    }

    private static void readUntil(BufferedReader in, String text) throws IOException {
        for (var line = in.readLine(); !line.equals(text); line = in.readLine()) {
            assertThat(line).isNotNull();
        }
    }
}
