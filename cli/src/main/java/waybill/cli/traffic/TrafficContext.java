package waybill.cli.traffic;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.json.JSONObject;
import waybill.cli.caps.ClientThread;
import waybill.cli.city.City;
import waybill.cli.city.MapProjection;
import waybill.cli.city.Navigator;
import waybill.cli.traffic.HubApi.Request;
import waybill.cli.traffic.HubApi.Response;

/// What all actors of a city share.
record TrafficContext(
        City city,
        Navigator navigator,
        TrafficPlan plan,
        URI hub,
        HubApi api,
        SocketThreads sockets,
        ClientThread thread,
        InstantSource clock) {

    /// After a request that failed.
    static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    MapProjection projection() {
        return city.projection();
    }

    HubSocket socket(String token) {
        return new HubSocket(hub, token, thread, sockets);
    }

    /// Sends a request until the hub has answered it.
    void sendUntilAnswered(Request request, Consumer<Response> onAnswer) {
        api.send(request, response -> {
            switch (response) {
                case Response.Failed _ -> thread.schedule(RETRY_AFTER, () -> sendUntilAnswered(request, onAnswer));
                case Response.Done _, Response.Rejected _ -> onAnswer.accept(response);
            }
        });
    }

    /// Asks for the token of a user until the hub gives it.
    void requestToken(JSONObject user, Consumer<String> onToken) {
        sendUntilAnswered(Request.token(user), response -> {
            if (response instanceof Response.Done(var body)) {
                onToken.accept(body.getString("token"));
            }
        });
    }
}
