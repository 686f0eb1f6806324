package waybill.server.dialect.write;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// The times of events, in UTC with milliseconds: `2026-11-21T14:03:10.250Z`. The events of a second share its text,
/// because formatting it costs more than the rest of a position. Thread-safe.
final class TimeText {

    /// Seconds whose texts are in memory. Another second takes the slot of one that is a multiple of this away.
    private static final int SECONDS_MAX = 64;

    private static final int MILLIS_PER_SECOND = 1_000;
    private static final int NANOS_PER_MILLI = 1_000_000;

    private static final DateTimeFormatter SECOND =
            new DateTimeFormatterBuilder().appendInstant(0).toFormatter();

    private static final AtomicReferenceArray<@Nullable Second> SECONDS = new AtomicReferenceArray<>(SECONDS_MAX);

    /// @param text up to the point before the milliseconds
    private record Second(long epochSecond, String text) {}

    private TimeText() {}

    static void append(Instant time, StringBuilder text) {
        var millis = time.getNano() / NANOS_PER_MILLI + MILLIS_PER_SECOND; // with a digit before, so that zeros stay
        var at = text.append(second(time.getEpochSecond())).length();
        text.append(millis).append('Z').setCharAt(at, '.');
    }

    private static String second(long epochSecond) {
        var slot = Math.floorMod(epochSecond, SECONDS_MAX);
        var known = SECONDS.getAcquire(slot);
        if (known == null || known.epochSecond != epochSecond) {
            var text = SECOND.format(Instant.ofEpochSecond(epochSecond));
            known = new Second(epochSecond, text.substring(0, text.length() - 1));
            SECONDS.setRelease(slot, known);
        }
        return known.text;
    }
}
