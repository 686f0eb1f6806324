package waybill.storage.incident;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an incident file says of itself.
///
/// @param schema the version of the tables that its rows are of
/// @param orderOrNone the order that it is about; none if it is about all
/// @param isRedacted whether names, addresses and texts of people were left out
/// @param rows how many there are of each table
public record Incident(
        String schema,
        Instant from,
        Instant to,
        @Nullable String orderOrNone,
        boolean isRedacted,
        Map<String, Long> rows) {

    public Incident {
        rows = Map.copyOf(rows);
    }

    /// One line about it, after `done`.
    public String summary(String done) {
        var text = new StringBuilder(done)
                .append(orderOrNone == null ? " all orders" : " order " + orderOrNone)
                .append(" from ")
                .append(from)
                .append(" to ")
                .append(to);
        new TreeMap<>(rows)
                .forEach((name, number) ->
                        text.append(", ").append(number).append(' ').append(name));
        return text.append(isRedacted ? ", redacted" : "").toString();
    }
}
