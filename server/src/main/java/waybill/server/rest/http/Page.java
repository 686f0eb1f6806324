package waybill.server.rest.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// A page of a list that is limited twice: in rows, by the request, and in characters.
///
/// @param hasMore whether there may be more after the last row
public record Page<T>(List<T> rows, boolean hasMore) {

    /// Characters after which a page ends, approximately. One row may be as large as a message of a client.
    public static final long CHARS_MAX = 4L << 20;

    /// Rows that are read at once, so that few large ones are in memory.
    private static final int STEP = 20;

    /// Reads a part of a list.
    public interface RowSource<T> {
        /// At most `max` rows after `last`, or from the start of the page.
        List<T> after(Optional<T> last, int max);
    }

    public static <T> Page<T> read(int limit, RowSource<T> reading, ToLongFunction<T> chars) {
        var rows = new ArrayList<T>();
        var weight = 0L;
        while (rows.size() < limit && weight < CHARS_MAX) {
            var max = Math.min(STEP, limit - rows.size());
            var read = reading.after(rows.isEmpty() ? Optional.empty() : Optional.of(rows.getLast()), max);
            for (var row : read) {
                rows.add(row);
                weight += chars.applyAsLong(row);
                if (weight >= CHARS_MAX) {
                    return new Page<>(rows, true);
                }
            }
            if (read.size() < max) {
                return new Page<>(rows, false);
            }
        }
        return new Page<>(rows, true);
    }

    /// The cursor after the last row, if there may be more.
    public Optional<String> next(String list, ToLongFunction<T> key) {
        return hasMore ? Optional.of(Cursor.after(list, key.applyAsLong(rows.getLast()))) : Optional.empty();
    }
}
