package waybill.cli.orders;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.json.JSONObject;

/// Where a party listens: a socket of one dialect. Its name is the party's and the dialect's.
public record TestSocket(
        String name, TestUser user, String namespace, Map<String, String> auth, Map<String, String> query) {

    public static TestSocket realtime(TestUser party, String token) {
        return new TestSocket(party.id() + " on /realtime", party, "/realtime", Map.of("token", token), Map.of());
    }

    public static TestSocket marketplace(TestUser party, String token) {
        return new TestSocket(party.id() + " on / (marketplace)", party, "/", Map.of(), Map.of("token", token));
    }

    public static TestSocket storefront(TestUser party, String token) {
        return new TestSocket(
                party.id() + " on / (storefront)", party, "/", Map.of("token", "Bearer " + token), Map.of());
    }

    /// In a namespace that is for one role.
    public static TestSocket ofRole(TestUser party, String namespace, String token) {
        return new TestSocket(
                party.id() + " on " + namespace, party, namespace, Map.of("token", "Bearer " + token), Map.of());
    }

    public static TestSocket caps(TestUser party, String profile) {
        var query = party.role().equals("driver")
                ? Map.of("profile", profile, "driverId", party.id())
                : Map.of("profile", profile, "role", "vendor");
        return new TestSocket(party.id() + " on /caps (" + profile + ")", party, "/caps", Map.of(), query);
    }

    public boolean isCaps() {
        return namespace.equals("/caps");
    }

    /// The same with another client of the same party.
    public TestSocket withSuffix(String suffix) {
        return new TestSocket(name + suffix, user, namespace, auth, query);
    }

    public URI url(URI hub) {
        return hub.resolve(namespace);
    }

    public String queryText() {
        return query.entrySet().stream()
                .map(entry -> entry.getKey() + '=' + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /// For the JavaScript client.
    public JSONObject options() {
        return new JSONObject().put("auth", auth).put("query", query).put("transports", new String[] {"websocket"});
    }
}
