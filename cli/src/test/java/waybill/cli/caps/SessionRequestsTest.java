package waybill.cli.caps;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;

class SessionRequestsTest {

    private final RecordedConnection connection = new RecordedConnection();
    private final ManualExecutor time = new ManualExecutor();
    private final List<ClientEvent> events = new ArrayList<>();
    private final SessionRequests requests = new SessionRequests(connection, time, events::add);

    @Test
    void withoutAConnectionNothingIsSent() {
        requests.send("join", new JSONObject());
        requests.onConnect();
        assertThat(connection.sentEvents()).isEmpty();
    }

    @Test
    void anUnavailableRequestIsRetriedAFewTimes() {
        requests.onConnect();
        requests.send("join", new JSONObject());
        for (int i = 1; i < SessionRequests.TRIES_MAX; i++) {
            connection.acknowledge("join", RecordedConnection.BUSY);
            time.advance(Duration.ofSeconds(1));
        }
        assertThat(events).isEmpty();
        connection.acknowledge("join", RecordedConnection.BUSY);
        time.advance(Duration.ofHours(1));
        assertThat(connection.sentEvents()).hasSize(SessionRequests.TRIES_MAX);
        assertThat(events).containsExactly(new ClientEvent.RequestFailed("join", "unavailable", "disk full"));
    }

    @Test
    void aRequestIsNotRepeatedOnTheNextConnection() {
        requests.onConnect();
        requests.send("join", new JSONObject());
        connection.acknowledge("join", RecordedConnection.BUSY);
        requests.onDisconnect();
        requests.onConnect();
        time.advance(Duration.ofSeconds(1));
        assertThat(connection.sentEvents()).hasSize(1);
    }
}
