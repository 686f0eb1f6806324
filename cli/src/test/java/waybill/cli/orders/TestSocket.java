package waybill.cli.orders;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import org.json.JSONObject;

/// A socket of one party in one dialect, named after both.
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

    /// A socket in the namespace of one role.
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

    /// Another socket of the same party.
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

    /// The settings for the JavaScript client.
    public JSONObject options() {
        return new JSONObject().put("auth", auth).put("query", query).put("transports", new String[] {"websocket"});
    }
}
