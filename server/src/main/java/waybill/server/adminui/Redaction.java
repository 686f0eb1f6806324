package waybill.server.adminui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import waybill.server.socket.Secrets;

/// Hides what would let an administrator act as a user: tokens, passwords, cookies, PINs, links with a key. Of headers
/// and parameters of the query, values are shown for the names of a list alone.
final class Redaction {

    static final String HIDDEN = Secrets.HIDDEN;

    private static final int TEXT_MAX = 300;

    private static final Set<String> HEADERS = Set.of(
            "accept",
            "accept-encoding",
            "accept-language",
            "cf-connecting-ip",
            "connection",
            "content-length",
            "content-type",
            "host",
            "origin",
            "sec-websocket-extensions",
            "sec-websocket-version",
            "upgrade",
            "user-agent",
            "via",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-proto",
            "x-real-ip",
            "x-request-id");

    private static final Set<String> PARAMETERS = Set.of("EIO", "b64", "dialect", "j", "profile", "t", "transport");

    private Redaction() {}

    static String header(String name, String value) {
        return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? text(value) : HIDDEN;
    }

    static String parameter(String name, String value) {
        return PARAMETERS.contains(name) ? text(value) : HIDDEN;
    }

    /// A value of an event's arguments; its parts that are binary are told by their sizes.
    static @Nullable Object value(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> fields -> object(fields);
            case List<?> elements -> array(elements);
            case String text -> Secrets.isIn(text) ? HIDDEN : text;
            case byte[] bytes -> "(" + bytes.length + " bytes)";
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> fields) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((key, value) -> {
            var name = String.valueOf(key);
            shown.put(name, Secrets.isName(name) && value != null ? HIDDEN : value(value));
        });
        return shown;
    }

    private static List<@Nullable Object> array(List<?> elements) {
        var shown = new ArrayList<@Nullable Object>(elements.size());
        elements.forEach(element -> shown.add(value(element)));
        return shown;
    }

    private static String text(String value) {
        var shown = value.length() <= TEXT_MAX ? value : value.substring(0, TEXT_MAX) + "…";
        return Secrets.isIn(shown) ? HIDDEN : shown;
    }
}
