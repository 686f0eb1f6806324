package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static waybill.server.caps.CapsTestClient.json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsLimits;
import waybill.server.caps.CapsTestClient;

/// A hub whose disk is full, as its clients and its operator see it.
class FailingDiskTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path disk;

    @Test
    void clientsGetUnavailableUntilTheDiskHasRoom() throws IOException, InterruptedException {
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=6m", "tmpfs", disk.toString()) == 0,
                "a small disk can be mounted only by root");
        try {
            var ballast = Files.write(disk.resolve("ballast"), new byte[2 << 20]);
            var config =
                    Config.defaults(disk.resolve("data")).withPorts(List.of(0)).withCapsLimits(CapsLimits.off());
            try (var hub = WaybillServer.start(config);
                    var vendor = CapsTestClient.connect(hub.addresses().getFirst(), "")) {
                var kept = fill(vendor, 0);
                while (ready(hub) != 503) { // a probe may find room where an order does not
                    kept += fill(vendor, kept);
                }
                Files.delete(ballast);
                while (!place(vendor, "after").optBoolean("ok")) {
                    assertThat(kept).isPositive();
                }
                assertThat(ready(hub)).isEqualTo(200);
                var driver = CapsTestClient.connect(hub.addresses().getFirst(), "");
                assertThat(driver.emitWithAck("getAll", json("event", "pickup")).optInt("count"))
                        .isEqualTo(kept + 1);
                driver.close();
            }
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    /// Places parcels until that is refused, and returns how many were acknowledged.
    private static int fill(CapsTestClient vendor, int before) {
        for (var i = 0; ; i++) {
            var answer = place(vendor, "m" + (before + i));
            if (!answer.optBoolean("ok")) {
                var error = answer.optJSONObject("error");
                assertThat(error.optString("code")).isEqualTo("unavailable");
                assertThat(error.optLong("retryAfterMs")).isPositive();
                return i;
            }
        }
    }

    private static JSONObject place(CapsTestClient vendor, String id) {
        return vendor.emitWithAck(
                "pickup", json("clientId", "acme-widgets", "messageId", id, "order", json("note", "x".repeat(20_000))));
    }

    private static int ready(WaybillServer hub) throws IOException, InterruptedException {
        var uri = URI.create("http://127.0.0.1:" + hub.addresses().getFirst().getPort() + "/health/ready");
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }
}
