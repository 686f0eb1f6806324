package waybill.socketio.netty;

import java.util.concurrent.atomic.AtomicReferenceArray;

/// Gives one copy of a text for all the equal ones that have come lately: most clients of an app begin with the
/// same request. Thread-safe.
final class StringCache {

    /// How many texts are cached; of two with the same slot the later one stays.
    private static final int STRINGS_MAX = 256;

    private final AtomicReferenceArray<String> texts = new AtomicReferenceArray<>(STRINGS_MAX);

    String intern(String text) {
        int place = Math.floorMod(text.hashCode(), STRINGS_MAX);
        var known = texts.get(place);
        if (text.equals(known)) {
            return known;
        }
        texts.set(place, text);
        return text;
    }
}
