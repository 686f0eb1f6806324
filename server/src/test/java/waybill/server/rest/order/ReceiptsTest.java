package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.messaging.ClientCheckpoint;
import waybill.outbound.Channel;
import waybill.outbound.NewJob;
import waybill.server.identity.IdentityConfig;
import waybill.server.rest.ApiTestClient;
import waybill.server.rest.ApiTestClient.Answer;
import waybill.server.rest.RestFixture;
import waybill.storage.Store;

/// Which recipients have received the events of an order, over HTTP.
class ReceiptsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    private static List<String> lines(Answer answer) {
        return answer.is(200)
                .body()
                .path("receipts")
                .valueStream()
                .map(row -> "%s %s %s %s"
                        .formatted(
                                row.path("eventId").asLong(),
                                row.path("channel").asText(),
                                row.path("recipient").asText(),
                                row.path("state").asText()))
                .toList();
    }

    private static void receive(Store store, String user, long sequence) {
        store.journal()
                .submit(work -> {
                    work.saveClientCheckpoint(
                            "node", new ClientCheckpoint(user, "realtime", sequence, false, Instant.now()));
                    return true;
                })
                .join();
    }

    private static void addJob(Store store, long sequence) {
        store.journal()
                .submit(work -> {
                    work.addJob(new NewJob(Channel.WEBHOOK, "hook", "order.accepted", sequence, Instant.now()));
                    return true;
                })
                .join();
    }

    @Test
    void eachEventHasItsRecipientsAndWhatIsKnownOfThem() {
        var fixture = new RestFixture(data, IdentityConfig.development(), InstantSource.system());
        try (var api = ApiTestClient.of(fixture)) {
            var id = api.place("customer:jane", "acme");
            var path = "/api/v1/orders/" + id + "/receipts";
            assertThat(lines(api.get("admin:root", path)))
                    .containsExactly("1 socket customer:jane pending", "1 store acme pending");
            receive(fixture.store, "customer:jane", 1);
            api.status("merchant:acme", id, "accepted").is(200);
            addJob(fixture.store, 2);
            assertThat(lines(api.get("support:sue", path)))
                    .containsExactly(
                            "1 socket customer:jane acknowledged",
                            "1 store acme closed",
                            "2 socket customer:jane pending",
                            "2 webhook hook pending");
            for (var user : List.of("customer:jane", "merchant:acme", "driver:dan")) {
                api.get(user, path).isProblem(403, "forbidden");
            }
            api.get("admin:root", "/orders/019c0f3e-8000-7000-8000-000000000001/receipts")
                    .isProblem(404, "not_found");
        }
    }
}
