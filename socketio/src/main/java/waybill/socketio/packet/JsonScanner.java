package waybill.socketio.packet;

import java.util.Arrays;
import waybill.socketio.adapter.ProtocolException;

/// Finds the elements of a JSON array and checks that all of it is well-formed (RFC 8259), without making anything of
/// it. Strict as `JSON.parse` is, plus a limit on depth.
final class JsonScanner {

    private final String text;
    private final int depthMax;
    private int at;

    private JsonScanner(String text, int depthMax) {
        this.text = text;
        this.depthMax = depthMax;
    }

    /// Start and end of each element of the array that the text is.
    static int[] elements(String text, int depthMax) throws ProtocolException {
        var scanner = new JsonScanner(text, depthMax);
        var bounds = scanner.topArray();
        scanner.end();
        return bounds;
    }

    /// Checks that the text is one JSON value. `depth` is how deep it stands itself in what it is part of.
    static void check(String text, int depth, int depthMax) throws ProtocolException {
        var scanner = new JsonScanner(text, depthMax);
        scanner.value(depth);
        scanner.end();
    }

    private int[] topArray() throws ProtocolException {
        expect('[', "an array");
        space();
        if (peek() == ']') {
            at++;
            return new int[0];
        }
        var bounds = new int[8];
        int found = 0;
        while (true) {
            space();
            if (found == bounds.length) {
                bounds = Arrays.copyOf(bounds, found * 2);
            }
            bounds[found++] = at;
            value(1);
            bounds[found++] = at;
            if (closes(']')) {
                return Arrays.copyOf(bounds, found);
            }
        }
    }

    private void value(int depth) throws ProtocolException {
        if (depth > depthMax) {
            throw new ProtocolException("JSON nests too deep (expected: at most " + depthMax + ")");
        }
        space();
        switch (peek()) {
            case '"' -> string();
            case '{' -> members(depth);
            case '[' -> array(depth);
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private void array(int depth) throws ProtocolException {
        at++;
        space();
        if (peek() == ']') {
            at++;
            return;
        }
        do {
            value(depth + 1);
        } while (!closes(']'));
    }

    private void members(int depth) throws ProtocolException {
        at++;
        space();
        if (peek() == '}') {
            at++;
            return;
        }
        do {
            space();
            if (peek() != '"') {
                throw unexpected("a member name");
            }
            string();
            space();
            expect(':', "':'");
            value(depth + 1);
        } while (!closes('}'));
    }

    /// After an element: true at the closing bracket, false at a comma, and nothing else may stand there.
    private boolean closes(char bracket) throws ProtocolException {
        space();
        char c = peek();
        if (c != bracket && c != ',') {
            throw unexpected("',' or '" + bracket + "'");
        }
        at++;
        return c == bracket;
    }

    private void string() throws ProtocolException {
        at = plainEnd(at + 1);
        while (peek() == '\\') {
            at++;
            escape();
            at = plainEnd(at);
        }
        if (at < text.length() && peek() < ' ') {
            throw unexpected("a control character to be escaped");
        }
        expect('"', "'\"'");
    }

    /// Where the characters end that mean themselves in a string.
    private int plainEnd(int from) {
        int end = from;
        while (end < text.length() && isPlain(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isPlain(char c) {
        return c != '"' && c != '\\' && c >= ' ';
    }

    private void escape() throws ProtocolException {
        switch (peek()) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> at++;
            case 'u' -> {
                at++;
                for (int i = 0; i < 4; i++, at++) {
                    if ("0123456789abcdefABCDEF".indexOf(peek()) < 0) {
                        throw unexpected("four hexadecimal digits");
                    }
                }
            }
            default -> throw unexpected("an escape");
        }
    }

    private void number() throws ProtocolException {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits("a value");
        }
        if (peek() == '.') {
            at++;
            digits("a digit");
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("a digit");
        }
    }

    private void digits(String expected) throws ProtocolException {
        int end = at;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        if (end == at) {
            throw unexpected(expected);
        }
        at = end;
    }

    private void literal(String word) throws ProtocolException {
        if (!text.startsWith(word, at)) {
            throw unexpected("a value");
        }
        at += word.length();
    }

    private void space() {
        while (peek() <= ' ' && at < text.length() && " \t\n\r".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// The character at hand, or NUL at the end, which is no part of any token.
    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char c, String expected) throws ProtocolException {
        if (peek() != c) {
            throw unexpected(expected);
        }
        at++;
    }

    private void end() throws ProtocolException {
        space();
        if (at < text.length()) {
            throw unexpected("the end");
        }
    }

    private ProtocolException unexpected(String expected) {
        var found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
        return new ProtocolException("JSON at " + at + ": " + found + " (expected: " + expected + ")");
    }
}
