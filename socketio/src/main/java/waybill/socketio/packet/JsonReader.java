package waybill.socketio.packet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes Java values of JSON that [JsonScanner] has found to be well-formed: maps, lists, strings, `Long` or
/// `Double`, `Boolean`, null, and `byte[]` where a placeholder stands for an attachment.
final class JsonReader {

    private static final int LONG_DIGITS = 18; // so many always fit a long

    private final String text;
    private final int end;
    private final List<byte[]> attachments;
    private int at;

    private JsonReader(String text, int from, int end, List<byte[]> attachments) {
        this.text = text;
        this.at = from;
        this.end = end;
        this.attachments = attachments;
    }

    static @Nullable Object read(String text, int from, int end, List<byte[]> attachments) {
        return new JsonReader(text, from, end, attachments).value();
    }

    private @Nullable Object value() {
        skip();
        return switch (text.charAt(at)) {
            case '"' -> string();
            case '{' -> object();
            case '[' -> array();
            case 't' -> literal(4, true);
            case 'f' -> literal(5, false);
            case 'n' -> literal(4, null);
            default -> number();
        };
    }

    private @Nullable Object literal(int length, @Nullable Object meaning) {
        at += length;
        return meaning;
    }

    private List<@Nullable Object> array() {
        var list = new ArrayList<@Nullable Object>();
        at++;
        for (skip(); text.charAt(at) != ']'; skip()) {
            list.add(value());
        }
        at++;
        return list;
    }

    private Object object() {
        var map = new LinkedHashMap<String, @Nullable Object>();
        at++;
        for (skip(); text.charAt(at) != '}'; skip()) {
            var name = string();
            map.put(name, value());
        }
        at++;
        return attachment(map);
    }

    private Object attachment(Map<String, @Nullable Object> map) {
        boolean placeholder = !attachments.isEmpty() && Boolean.TRUE.equals(map.get("_placeholder"));
        if (placeholder && map.get("num") instanceof Long number && number >= 0 && number < attachments.size()) {
            return attachments.get(number.intValue());
        }
        return map;
    }

    private String string() {
        int from = ++at;
        while (text.charAt(at) != '"' && text.charAt(at) != '\\') {
            at++;
        }
        if (text.charAt(at) == '"') {
            return text.substring(from, at++);
        }
        var unescaped = new StringBuilder().append(text, from, at);
        while (text.charAt(at) != '"') {
            char c = text.charAt(at++);
            unescaped.append(c == '\\' ? escape() : c);
        }
        at++;
        return unescaped.toString();
    }

    private char escape() {
        char c = text.charAt(at++);
        return switch (c) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                at += 4;
                yield (char) Integer.parseInt(text, at - 4, at, 16);
            }
            default -> c;
        };
    }

    private Number number() {
        int from = at;
        boolean whole = true;
        while (at < end && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
            char c = text.charAt(at++);
            whole &= c == '-' || (c >= '0' && c <= '9');
        }
        if (whole && at - from <= LONG_DIGITS) {
            return Long.parseLong(text, from, at, 10);
        }
        return Double.parseDouble(text.substring(from, at));
    }

    /// To the next token: commas and colons add nothing to the order of tokens.
    private void skip() {
        while (at < end && " \t\n\r,:".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }
}
