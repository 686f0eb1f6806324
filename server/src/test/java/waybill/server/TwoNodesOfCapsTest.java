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
import waybill.hub.NodeId;
import waybill.hub.schedule.InMemoryLeases;
import waybill.server.caps.CapsTestClient;
import waybill.server.live.JoinedAdapters;

/// `/caps` on two nodes of one hub, on one store.
class TwoNodesOfCapsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private StoragePart storage;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer one;

    @SuppressWarnings("NullAway.Init")
    private WaybillServer two;

    private final List<CapsTestClient> clients = new ArrayList<>();

    @BeforeEach
    void start() {
        var config = Config.defaults(data).withPorts(List.of(0));
        var platform = Platform.system();
        storage = StoragePart.open(config, platform);
        var leases = new InMemoryLeases(new NodeId("one"), () -> 0);
        var alone = ClusterPart.ofOneNode(config, platform);
        var adapters = new JoinedAdapters();
        one = WaybillServer.start(config, platform, storage, node(alone, new NodeId("one"), leases, adapters));
        two = WaybillServer.start(
                config, platform, storage, node(alone, new NodeId("two"), leases.of(new NodeId("two")), adapters));
    }

    private static ClusterPart node(ClusterPart shared, NodeId id, InMemoryLeases leases, JoinedAdapters adapters) {
        return new ClusterPart(
                id,
                shared.presence(),
                shared.liveSockets(),
                shared.capsSockets(),
                shared.socketCounts(),
                shared.subscriptions(),
                leases,
                adapters);
    }

    @AfterEach
    void stop() {
        clients.forEach(CapsTestClient::close);
        two.close();
        one.close();
        storage.close();
    }

    @Test
    void everyDriverReceivesAPickupOnceAndItsSenderNever() throws JSONException {
        var vendor = connect(one, "");
        var here = connect(one, "driverId=kari");
        var there = connect(two, "driverId=ola");
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
        var vendor = connect(one, "");
        var holder = connect(two, "");
        place(vendor, "m1");
        assertThat(holder.emitWithAck("in-transit", parcel("m1")).getBoolean("ok"))
                .isTrue();
        var other = connect(one, "");
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
