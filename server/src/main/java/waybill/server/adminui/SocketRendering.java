package waybill.server.adminui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import waybill.access.Principal;
import waybill.server.socket.SocketUser;
import waybill.socketio.Handshake;
import waybill.socketio.Socket;

/// A socket, as the page of the Admin UI reads it.
///
/// @param isSecure whether the hub's port has TLS
record SocketRendering(boolean isSecure) {

    /// Rooms of one socket that are sent.
    static final int ROOMS_MAX = 100;

    private static final int CLIENT_ID_LENGTH = 12;
    private static final int PARAMETERS_MAX = 50;

    Map<String, @Nullable Object> socket(Socket socket, Collection<String> rooms) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("id", socket.id());
        shown.put("clientId", socket.connectionId().substring(0, CLIENT_ID_LENGTH));
        shown.put("transport", transport(socket));
        shown.put("nsp", socket.namespace().name());
        shown.put("data", data(socket));
        shown.put("handshake", handshake(socket.handshake()));
        shown.put("rooms", rooms.stream().limit(ROOMS_MAX).toList());
        return shown;
    }

    static String transport(Socket socket) {
        return socket.transport().name().toLowerCase(Locale.ROOT);
    }

    /// The user of the socket, as far as it is known.
    static Map<String, @Nullable Object> data(Socket socket) {
        return switch (socket.data()) {
            case AdminSession admin -> Map.of("adminUi", admin.user);
            case SocketUser known ->
                known.principal().map(SocketRendering::user).orElseGet(Map::of);
            case null, default -> Map.of();
        };
    }

    private static Map<String, @Nullable Object> user(Principal principal) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("userId", principal.id());
        shown.put("role", principal.role().wireName());
        if (principal.storeOrNone() != null) {
            shown.put("store", principal.storeOrNone());
        }
        return shown;
    }

    private Map<String, @Nullable Object> handshake(Handshake handshake) {
        var headers = new LinkedHashMap<String, String>();
        handshake.headers().entrySet().stream()
                .limit(PARAMETERS_MAX)
                .forEach(one -> headers.put(one.getKey(), Redaction.header(one.getKey(), one.getValue())));
        var query = new LinkedHashMap<String, String>();
        handshake.query().entrySet().stream()
                .limit(PARAMETERS_MAX)
                .forEach(one -> query.put(one.getKey(), parameter(one.getKey(), one.getValue())));
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("address", handshake.address());
        shown.put("headers", headers);
        shown.put("query", query);
        shown.put("issued", handshake.time().toEpochMilli());
        shown.put("secure", isSecure);
        shown.put("time", handshake.time().toString());
        shown.put("url", url(handshake.uri(), query));
        shown.put("xdomain", handshake.crossDomain());
        return shown;
    }

    private static String parameter(String name, List<String> values) {
        return Redaction.parameter(name, values.isEmpty() ? "" : values.getFirst());
    }

    /// The path with the parameters that are shown.
    private static String url(String uri, Map<String, String> query) {
        var path = uri.split("[?#]", 2)[0];
        return query.isEmpty()
                ? path
                : query.entrySet().stream()
                        .map(one -> encode(one.getKey()) + "=" + encode(one.getValue()))
                        .collect(Collectors.joining("&", path + "?", ""));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
