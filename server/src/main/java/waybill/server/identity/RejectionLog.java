package waybill.server.identity;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Logs rejected sockets: the first at once, and then at most one line in ten seconds for all others, so that no
/// client determines how fast the log grows. A monitor.
final class RejectionLog {

    static final Duration EVERY = Duration.ofSeconds(10);

    /// Characters of a rejection in the log.
    private static final int EXCERPT_MAX = 300;

    private final Map<String, Integer> counts = new TreeMap<>();
    private @Nullable String newest;
    private long loggedMs = Long.MIN_VALUE;

    /// A socket was rejected. Returns the line to log now, if there is one.
    synchronized Optional<String> add(String where, String code, String message, long nowMs) {
        counts.merge(code, 1, Integer::sum);
        newest = where + ": " + message;
        return due(nowMs);
    }

    /// The line to log now, if there is one.
    synchronized Optional<String> due(long nowMs) {
        var last = newest;
        if (last == null || (loggedMs <= nowMs && nowMs < loggedMs + EVERY.toMillis() && loggedMs != Long.MIN_VALUE)) {
            return Optional.empty();
        }
        var line = counts + ", the newest " + printable(last);
        counts.clear();
        newest = null;
        loggedMs = nowMs;
        return Optional.of(line);
    }

    private static String printable(String text) {
        var shown = new StringBuilder();
        text.chars()
                .limit(EXCERPT_MAX)
                .forEach(c -> shown.append(
                        Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : (char) c));
        return shown.toString();
    }
}
