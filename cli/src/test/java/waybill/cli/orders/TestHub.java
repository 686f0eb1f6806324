package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.json.JSONObject;
import waybill.cli.HubProcess;

/// A hub that asks everybody for a token, and people around it who listen.
final class TestHub implements AutoCloseable {

    private final TokenSecret secret;
    private final HubProcess hub;
    private final ReceivedEvents received;
    private final RestClient rest;
    private final JavaScriptSocketClients javaScript;
    private final JavaSocketClients java;
    private final Map<TestSocket, SocketClients> seats = new LinkedHashMap<>();

    private TestHub(TokenSecret secret, HubProcess hub, JavaScriptSocketClients javaScript, ReceivedEvents received) {
        this.secret = secret;
        this.hub = hub;
        this.javaScript = javaScript;
        this.received = received;
        java = new JavaSocketClients(hub.url(), received);
        rest = new RestClient(hub.url(), secret::token);
    }

    /// Starts a hub that keeps what it has in `data`.
    static TestHub start(Path data, String... options) throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var all = Stream.concat(
                Stream.of(
                        "--jwt-secret-file",
                        secret.file().toString(),
                        "--caps-open",
                        "--order-rate",
                        "0",
                        "--rest-rate",
                        "0"),
                Stream.of(options));
        var hub = HubProcess.start(0, data.resolve("hub"), all.toArray(String[]::new));
        try {
            var received = new ReceivedEvents();
            return new TestHub(secret, hub, JavaScriptSocketClients.start(hub.url(), received), received);
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            hub.close();
            throw failure;
        }
    }

    RestClient rest() {
        return rest;
    }

    ReceivedEvents received() {
        return received;
    }

    String token(TestUser party) {
        return secret.token(party);
    }

    JavaScriptSocketClients javaScript() {
        return javaScript;
    }

    JavaSocketClients java() {
        return java;
    }

    List<TestSocket> sockets() {
        return List.copyOf(seats.keySet());
    }

    /// The place of that name.
    TestSocket socket(String name) {
        return seats.keySet().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no seat " + name + " in " + seats.keySet()));
    }

    void open(TestSocket spec, SocketClients client) {
        seats.put(spec, client);
        client.connect(spec);
    }

    /// Waits until everybody is connected, and has been answered something.
    void awaitConnected() throws InterruptedException {
        for (var spec : seats.keySet()) {
            received.await(spec.name(), "connect", note -> note.event().equals("connect"));
            if (!spec.isCaps()) {
                emitAccepted(spec, "sync", new JSONObject().put("since", 0));
            } else if (!spec.user().store().isEmpty()) {
                emitAccepted(
                        spec,
                        "join",
                        new JSONObject().put("clientId", spec.user().store()));
            }
        }
    }

    /// Says something that the hub must do.
    JSONObject emitAccepted(TestSocket spec, String event, Object body) throws InterruptedException {
        var answer = emit(spec, event, body);
        assertThat(answer.optBoolean("ok"))
                .as("%s says %s: %s", spec.name(), event, answer)
                .isTrue();
        return answer;
    }

    JSONObject emit(TestSocket spec, String event, Object body) throws InterruptedException {
        return (JSONObject) Objects.requireNonNull(seats.get(spec)).emitWithAck(spec, event, body);
    }

    /// From now on, answers that event so.
    void ackEvent(TestSocket spec, String event, JSONObject with) {
        Objects.requireNonNull(seats.get(spec)).ackEvent(spec, event, with);
    }

    @Override
    public void close() {
        java.close();
        javaScript.close();
        rest.close();
        hub.close();
    }
}
