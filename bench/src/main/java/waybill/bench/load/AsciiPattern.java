package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;

/// An ASCII pattern to find in bytes: it counts and times events without parsing JSON.
final class AsciiPattern {

    static final int ABSENT = -1;

    private final byte[] pattern;

    AsciiPattern(String pattern) {
        this.pattern = pattern.getBytes(US_ASCII);
    }

    int length() {
        return pattern.length;
    }

    /// Whether `bytes[from, to)` starts with these characters.
    boolean starts(byte[] bytes, int from, int to) {
        return to - from >= pattern.length
                && Arrays.equals(bytes, from, from + pattern.length, pattern, 0, pattern.length);
    }

    /// The start of the pattern in `bytes[from, to)`, or [#ABSENT]. Tries `hint` first: the events of one
    /// connection are alike.
    int indexIn(byte[] bytes, int from, int to, int hint) {
        if (hint >= from && starts(bytes, hint, to)) {
            return hint;
        }
        for (var at = from; at <= to - pattern.length; at++) {
            if (bytes[at] == pattern[0] && starts(bytes, at, to)) {
                return at;
            }
        }
        return ABSENT;
    }

    int indexIn(byte[] bytes, int from, int to) {
        return indexIn(bytes, from, to, from);
    }

    /// The number whose digits begin at `from`.
    static long number(byte[] bytes, int from, int to) {
        var number = 0L;
        for (var at = from; at < to && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            number = number * 10 + (bytes[at] - '0');
        }
        return number;
    }

    /// The end of the JSON string or number that begins at `from`.
    static int endOfScalar(byte[] bytes, int from, int to) {
        var at = from;
        if (at < to && bytes[at] == '"') {
            at++;
            while (at < to && bytes[at] != '"') {
                at += bytes[at] == '\\' ? 2 : 1;
            }
            return Math.min(at + 1, to);
        }
        while (at < to && bytes[at] != ',' && bytes[at] != '}' && bytes[at] != ']') {
            at++;
        }
        return at;
    }

    @Override
    public String toString() {
        return new String(pattern, US_ASCII);
    }
}
