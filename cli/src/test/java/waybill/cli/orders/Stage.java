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
final class Stage implements AutoCloseable {

    private final Secret secret;
    private final HubProcess hub;
    private final Notes notes;
    private final Rest rest;
    private final JavaScriptSockets javaScript;
    private final JavaSockets java;
    private final Map<Seat, Sockets> seats = new LinkedHashMap<>();

    private Stage(Secret secret, HubProcess hub, JavaScriptSockets javaScript, Notes notes) {
        this.secret = secret;
        this.hub = hub;
        this.javaScript = javaScript;
        this.notes = notes;
        java = new JavaSockets(hub.url(), notes);
        rest = new Rest(hub.url(), secret::token);
    }

    /// Starts a hub that keeps what it has in `data`.
    static Stage start(Path data, String... options) throws IOException, InterruptedException {
        var secret = Secret.in(data.resolve("secret"));
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
            var notes = new Notes();
            return new Stage(secret, hub, JavaScriptSockets.start(hub.url(), notes), notes);
        } catch (IOException | InterruptedException | RuntimeException | Error failure) {
            hub.close();
            throw failure;
        }
    }

    Rest rest() {
        return rest;
    }

    Notes notes() {
        return notes;
    }

    String token(Party party) {
        return secret.token(party);
    }

    JavaScriptSockets javaScript() {
        return javaScript;
    }

    JavaSockets java() {
        return java;
    }

    List<Seat> seats() {
        return List.copyOf(seats.keySet());
    }

    /// The place of that name.
    Seat seat(String name) {
        return seats.keySet().stream()
                .filter(seat -> seat.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no seat " + name + " in " + seats.keySet()));
    }

    void open(Seat seat, Sockets client) {
        seats.put(seat, client);
        client.open(seat);
    }

    /// Waits until everybody is connected, and has been answered something.
    void awaitEverybody() throws InterruptedException {
        for (var seat : seats.keySet()) {
            notes.await(seat.name(), "connect", note -> note.event().equals("connect"));
            if (!seat.isCaps()) {
                done(seat, "sync", new JSONObject().put("since", 0));
            } else if (!seat.party().store().isEmpty()) {
                done(seat, "join", new JSONObject().put("clientId", seat.party().store()));
            }
        }
    }

    /// Says something that the hub must do.
    JSONObject done(Seat seat, String event, Object body) throws InterruptedException {
        var answer = say(seat, event, body);
        assertThat(answer.optBoolean("ok"))
                .as("%s says %s: %s", seat.name(), event, answer)
                .isTrue();
        return answer;
    }

    JSONObject say(Seat seat, String event, Object body) throws InterruptedException {
        return (JSONObject) Objects.requireNonNull(seats.get(seat)).ask(seat, event, body);
    }

    /// From now on, answers that event so.
    void answer(Seat seat, String event, JSONObject with) {
        Objects.requireNonNull(seats.get(seat)).answer(seat, event, with);
    }

    @Override
    public void close() {
        java.close();
        javaScript.close();
        rest.close();
        hub.close();
    }
}
