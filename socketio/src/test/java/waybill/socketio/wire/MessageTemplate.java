package waybill.socketio.wire;

import java.util.ArrayList;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The template of a text in a script line: `$name` is what was received before under that name, `<name>` is
/// received here, `<*>` is anything, `*N` is a message of N characters, and `\x1e`, `\r`, `\n`, `\\` are what
/// they are in Java.
final class MessageTemplate {

    private static final Pattern TOKEN = Pattern.compile(
            "\\\\x([0-9a-f]{2})|\\\\([rn\\\\])|\\$([a-z][a-z0-9]*)|<([a-z][a-z0-9]*)>|<\\*>|\\*([1-9]\\d*)");
    private static final String NAME = "([A-Za-z0-9_-]+)";
    private static final String ANYTHING = ".*";

    private MessageTemplate() {}

    /// The text to be sent.
    static String expand(String written, Map<String, String> names) {
        return TOKEN.matcher(written).replaceAll(found -> Matcher.quoteReplacement(literal(found, names)));
    }

    /// Whether a received text matches; the values of names are stored.
    static boolean matches(String written, String received, Map<String, String> names) {
        var expression = new StringBuilder();
        var captured = new ArrayList<String>();
        var token = TOKEN.matcher(written);
        int from = 0;
        while (token.find()) {
            expression.append(Pattern.quote(written.substring(from, token.start())));
            from = token.end();
            if (token.group(4) != null) {
                captured.add(token.group(4));
                expression.append(NAME);
            } else if (token.group().equals("<*>")) {
                expression.append(ANYTHING);
            } else {
                expression.append(Pattern.quote(literal(token.toMatchResult(), names)));
            }
        }
        expression.append(Pattern.quote(written.substring(from)));
        var match = Pattern.compile(expression.toString(), Pattern.DOTALL).matcher(received);
        if (!match.matches()) {
            return false;
        }
        for (int i = 0; i < captured.size(); i++) {
            names.put(captured.get(i), match.group(i + 1));
        }
        return true;
    }

    private static String literal(MatchResult token, Map<String, String> names) {
        if (token.group(5) != null) {
            return "4" + "a".repeat(Integer.parseInt(token.group(5)) - 1);
        }
        if (token.group(1) != null) {
            return String.valueOf((char) Integer.parseInt(token.group(1), 16));
        }
        if (token.group(2) != null) {
            return switch (token.group(2)) {
                case "r" -> "\r";
                case "n" -> "\n";
                default -> "\\";
            };
        }
        var value = names.get(token.group(3));
        if (value == null) {
            throw new IllegalArgumentException("script: $" + token.group(3) + " (expected: a name received before)");
        }
        return value;
    }
}
