package waybill.socketio.packet;

import org.jspecify.annotations.Nullable;

/// Gives one copy of a text for all the equal ones that have come lately: most clients of an app begin with the
/// same request, and emit the same events. Thread-safe: a text is immutable, and one that another thread does not
/// see yet is copied once more.
public final class StringCache {

    /// How many texts are cached; of two with the same slot the later one stays.
    private static final int STRINGS_MAX = 256;

    /// A part of a text that is longer is not cached: those that come back are short.
    static final int PART_MAX = 64;

    private final @Nullable String[] texts = new String[STRINGS_MAX];

    public String intern(String text) {
        int place = Math.floorMod(text.hashCode(), STRINGS_MAX);
        var known = texts[place];
        if (known != null && known.equals(text)) {
            return known;
        }
        texts[place] = text;
        return text;
    }

    /// A part of a text, which is not copied if it is known.
    String substring(String text, int from, int to) {
        int length = to - from;
        if (length == 0 || length > PART_MAX) {
            return text.substring(from, to);
        }
        int hash = 31 * length + text.charAt(to - 1) + 7 * text.charAt(from + length / 2);
        int place = Math.floorMod(hash, STRINGS_MAX);
        var known = texts[place];
        if (known != null && known.length() == length && text.startsWith(known, from)) {
            return known;
        }
        var part = text.substring(from, to);
        texts[place] = part;
        return part;
    }
}
