package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.rest.ApiTestClient;

/// REST on two nodes of one hub, on one store: what is counted for both of them.
@Timeout(60)
class TwoNodesOfRestTest {

    private static final String DRIVER = "driver:kari";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @Test
    void aPinIsNotFoundByTryingOnAnotherNode() {
        try (var nodes = TwoNodes.start(data);
                var one = ApiTestClient.of(nodes.one().addresses().getFirst());
                var two = ApiTestClient.of(nodes.two().addresses().getFirst())) {
            var order = placeInTransit(one);
            for (var node : new ApiTestClient[] {one, two, one, two, two}) {
                prove(node, order, "no PIN").isProblem(400, "invalid");
            }
            assertThat(prove(one, order, "no PIN")
                            .isProblem(429, "rate_limited")
                            .text("detail"))
                    .startsWith("pin: too many tries (expected: at most 5,");
            prove(two, order, "no PIN").isProblem(429, "rate_limited");
        }
    }

    /// An order that only its PIN proves.
    static String placeInTransit(ApiTestClient node) {
        var order = node.post("merchant:bakery", "/api/v1/orders", """
                        {"customerId": "ada", "items": [{"product": "bread", "quantity": 1}],
                         "deliveryAddress": "1 Elm Road", "proofRequired": ["pin"]}""").is(201).text("orderId");
        for (var status : new String[] {"accepted", "ready_for_pickup"}) {
            node.status("merchant:bakery", order, status).is(200);
        }
        for (var status : new String[] {"assigned_to_driver", "picked_up", "in_transit"}) {
            node.status(DRIVER, order, status).is(200);
        }
        return order;
    }

    static ApiTestClient.Answer prove(ApiTestClient node, String order, String pin) {
        return node.post(DRIVER, "/api/v1/orders/" + order + "/proof", "{\"kind\": \"pin\", \"pin\": \"" + pin + "\"}");
    }
}
