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

/// A hub that requires tokens, of one node or [of two][HubNodes], and users with sockets.
final class TestHub implements AutoCloseable {

    private final TokenSecret secret;
    private final HubNodes hub;
    private final ReceivedEvents received;
    private final RestClient rest;
    private final JavaScriptSocketClients javaScript;
    private final JavaSocketClients java;
    private final Map<TestSocket, SocketClients> sockets = new LinkedHashMap<>();

    private TestHub(TokenSecret secret, HubNodes hub, JavaScriptSocketClients javaScript, ReceivedEvents received) {
        this.secret = secret;
        this.hub = hub;
        this.javaScript = javaScript;
        this.received = received;
        java = new JavaSocketClients(hub.url(), received);
        rest = new RestClient(hub.url(), secret::token);
    }

    /// Starts a hub with `data` as its data directory.
    static TestHub start(Path data, String... options) throws IOException, InterruptedException {
        var secret = TokenSecret.create(data.resolve("secret"));
        var all = Stream.concat(Stream.of("--caps-open", "--order-rate", "0", "--rest-rate", "0"), Stream.of(options));
        var hub = HubNodes.start(data, secret, all.toArray(String[]::new));
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
        return List.copyOf(sockets.keySet());
    }

    /// The socket with that name.
    TestSocket socket(String name) {
        return sockets.keySet().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no socket " + name + " in " + sockets.keySet()));
    }

    void open(TestSocket spec, SocketClients client) {
        sockets.put(spec, client);
        client.connect(spec);
    }

    /// Waits until all are connected and have received an ack.
    void awaitConnected() throws InterruptedException {
        for (var spec : sockets.keySet()) {
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

    /// Emits an event that must succeed.
    JSONObject emitAccepted(TestSocket spec, String event, Object body) throws InterruptedException {
        var response = emit(spec, event, body);
        assertThat(response.optBoolean("ok"))
                .as("%s emits %s: %s", spec.name(), event, response)
                .isTrue();
        return response;
    }

    JSONObject emit(TestSocket spec, String event, Object body) throws InterruptedException {
        return (JSONObject) Objects.requireNonNull(sockets.get(spec)).emitWithAck(spec, event, body);
    }

    /// Acknowledges that event with this value from now on.
    void ackEvent(TestSocket spec, String event, JSONObject with) {
        Objects.requireNonNull(sockets.get(spec)).ackEvent(spec, event, with);
    }

    @Override
    public void close() {
        java.close();
        javaScript.close();
        rest.close();
        hub.close();
    }
}
