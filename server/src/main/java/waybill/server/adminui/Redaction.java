package waybill.server.adminui;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hides what would let an administrator act as a user: tokens, passwords, cookies, PINs, links with a key. Of headers
/// and parameters of the query, values are shown for the names of a list alone.
final class Redaction {

    static final String HIDDEN = "[hidden]";

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

    private static final List<String> SECRET_PARTS = List.of(
            "token",
            "secret",
            "passw",
            "authorization",
            "cookie",
            "credential",
            "apikey",
            "api_key",
            "api-key",
            "session");

    private static final Set<String> SECRET_NAMES =
            Set.of("auth", "jwt", "otp", "p256dh", "photo", "pin", "pincode", "signature");

    /// A JWT, a value of the `Authorization` header, or the address of a public link.
    private static final Pattern SECRET_TEXT =
            Pattern.compile("eyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*|(?i:^bearer )|/t/[\\w-]{8,}");

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
            case String text -> SECRET_TEXT.matcher(text).find() ? HIDDEN : text;
            case byte[] bytes -> "(" + bytes.length + " bytes)";
            case null, default -> value;
        };
    }

    private static Map<String, @Nullable Object> object(Map<?, ?> fields) {
        var shown = new LinkedHashMap<String, @Nullable Object>();
        fields.forEach((key, value) -> {
            var name = String.valueOf(key);
            shown.put(name, isSecret(name) && value != null ? HIDDEN : value(value));
        });
        return shown;
    }

    private static List<@Nullable Object> array(List<?> elements) {
        var shown = new ArrayList<@Nullable Object>(elements.size());
        elements.forEach(element -> shown.add(value(element)));
        return shown;
    }

    private static boolean isSecret(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return SECRET_NAMES.contains(lower) || SECRET_PARTS.stream().anyMatch(lower::contains);
    }

    private static String text(String value) {
        var shown = value.length() <= TEXT_MAX ? value : value.substring(0, TEXT_MAX) + "…";
        return SECRET_TEXT.matcher(shown).find() ? HIDDEN : shown;
    }
}
