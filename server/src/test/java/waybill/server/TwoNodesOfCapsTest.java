package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.caps.CapsTestClient.json;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONException;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.caps.CapsTestClient;

/// `/caps` on two nodes of one hub, on one store.
class TwoNodesOfCapsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private TwoNodes nodes;

    private final List<CapsTestClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        nodes = TwoNodes.start(data);
    }

    @AfterEach
    void stop() {
        clients.forEach(CapsTestClient::close);
        nodes.close();
    }

    @Test
    void everyDriverReceivesAPickupOnceAndItsSenderNever() throws JSONException {
        var vendor = connect(nodes.one(), "");
        var here = connect(nodes.one(), "driverId=kari");
        var there = connect(nodes.two(), "driverId=ola");
        place(vendor, "m1");
        place(vendor, "m2");
        for (var driver : List.of(here, there)) {
            assertThat(driver.nextEvent().text("messageId")).isEqualTo("m1");
            assertThat(driver.nextEvent().text("messageId")).isEqualTo("m2");
            assertThat(driver.receivedEvents()).isEmpty();
        }
        assertThat(vendor.receivedEvents()).isEmpty();
    }

    @Test
    void anAnonymousDriverKeepsItsParcelWhicheverNodeItIsConnectedTo() throws JSONException {
        var vendor = connect(nodes.one(), "");
        var holder = connect(nodes.two(), "");
        place(vendor, "m1");
        assertThat(holder.emitWithAck("in-transit", parcel("m1")).getBoolean("ok"))
                .isTrue();
        var other = connect(nodes.one(), "");
        assertThat(other.emitWithAck("in-transit", parcel("m1"))
                        .getJSONObject("error")
                        .getString("code"))
                .isEqualTo("conflict");
    }

    private CapsTestClient connect(WaybillServer node, String query) {
        var client = CapsTestClient.connect(node.addresses().getFirst(), query);
        clients.add(client);
        return client;
    }

    private static void place(CapsTestClient vendor, String messageId) throws JSONException {
        assertThat(vendor.emitWithAck("pickup", parcel(messageId)).getBoolean("ok"))
                .isTrue();
    }

    private static JSONObject parcel(String messageId) {
        return json("clientId", "acme", "messageId", messageId, "order", json("customer", "Jane"));
    }
}
