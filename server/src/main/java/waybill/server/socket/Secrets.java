package waybill.server.socket;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What would let its reader act as a user: tokens, passwords, cookies, PINs, links with a key. It is told by the
/// name of its field, or by its form.
public final class Secrets {

    public static final String HIDDEN = "[hidden]";

    private static final List<String> NAME_PARTS = List.of(
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

    private static final Set<String> NAMES =
            Set.of("auth", "jwt", "otp", "p256dh", "photo", "pin", "pincode", "signature");

    /// A JWT, a value of the `Authorization` header, or the address of a public link.
    private static final Pattern TEXT =
            Pattern.compile("eyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*|(?i:^bearer )|/t/[\\w-]{8,}");

    /// The same within JSON.
    private static final Pattern TEXT_IN_JSON =
            Pattern.compile("eyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*|(?i:(?<=\")bearer )[^\"\\\\]*|/t/[\\w-]{8,}");

    /// The name of a field, up to its value.
    private static final Pattern NAME = Pattern.compile("\"([\\w-]{1,60}+)\"\\s*+:\\s*+");

    private Secrets() {}

    /// Whether a field of this name has a secret.
    public static boolean isName(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return NAMES.contains(lower) || NAME_PARTS.stream().anyMatch(lower::contains);
    }

    /// Whether a text is one, or has one in it.
    public static boolean isIn(String text) {
        return TEXT.matcher(text).find();
    }

    /// A text of JSON, which may be cut, without them.
    static String hideIn(String json) {
        var shown = new StringBuilder(json.length());
        var name = NAME.matcher(json);
        var end = 0;
        while (name.find(end)) {
            shown.append(json, end, name.end());
            end = name.end();
            if (isName(name.group(1))) {
                shown.append('"').append(HIDDEN).append('"');
                end = valueEnd(json, end);
            }
        }
        shown.append(json, end, json.length());
        return TEXT_IN_JSON.matcher(shown).replaceAll(HIDDEN);
    }

    /// Behind the value that begins at `start`.
    private static int valueEnd(String json, int start) {
        var depth = 0;
        var isText = false;
        for (var i = start; i < json.length(); i++) {
            switch (json.charAt(i)) {
                case '\\' -> i++; // what follows it ends no text
                case '"' -> isText = !isText;
                case '{', '[' -> depth += isText ? 0 : 1;
                case '}', ']', ',' -> {
                    if (!isText && depth == 0) {
                        return i;
                    }
                    depth -= isText || json.charAt(i) == ',' ? 0 : 1;
                }
                default -> {}
            }
        }
        return json.length();
    }
}
