package waybill.server.caps;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.Config;
import waybill.server.WaybillServer;
import waybill.server.caps.CapsTestClient.ReceivedEvent;

/// A hub, and clients of its `/caps`.
abstract class CapsScenario {

    static final String ACME = "acme-widgets";
    static final String FLOWERS = "1-800-flowers";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    WaybillServer hub;

    final List<CapsTestClient> sockets = new ArrayList<>();

    @BeforeEach
    void start() {
        start(CapsLimits.off());
    }

    void start(CapsLimits limits) {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)).withCapsLimits(limits));
    }

    @AfterEach
    void stop() {
        sockets.forEach(CapsTestClient::close);
        hub.close();
    }

    static String summary(ReceivedEvent said) {
        return said.event() + " " + said.text("messageId");
    }

    CapsTestClient vendor(String store) {
        var vendor = connect("");
        assertThat(vendor.emitWithAck("join", json("clientId", store)).optBoolean("ok"))
                .isTrue();
        return vendor;
    }

    CapsTestClient connect(String query) {
        var socket = CapsTestClient.connect(hub.addresses().getFirst(), query);
        sockets.add(socket);
        return socket;
    }

    static String code(JSONObject answer) {
        var error = answer.optJSONObject("error");
        return error == null ? "" : error.optString("code");
    }

    static JSONObject wrapped(String event, String store, String messageId) {
        var order = json("orderId", "order-" + messageId, "customer", "Jane Doe", "address", "12 Lake Road");
        return json("event", event, "messageId", messageId, "clientId", store, "order", order);
    }
}
