package waybill.cli.orders;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.json.JSONArray;
import org.json.JSONObject;

/// What was heard at each seat, in the order in which it was heard there. A monitor.
final class ReceivedEvents {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// One event as a client got it.
    record ReceivedEvent(String event, JSONArray arguments) {

        /// Whether it names `what`, wherever it does.
        boolean names(String what) {
            return arguments.toString().contains('"' + what + '"');
        }

        JSONObject body() {
            return arguments.optJSONObject(0, new JSONObject());
        }

        Optional<Long> eventId() {
            return body().has("eventId")
                    ? Optional.of(body().getLong("eventId"))
                    : Optional.of(body().optLong("event_id")).filter(id -> id != 0);
        }

        String status() {
            return body().optString("status");
        }
    }

    private final Map<String, List<ReceivedEvent>> heard = new HashMap<>();

    synchronized void record(String seat, ReceivedEvent note) {
        heard.computeIfAbsent(seat, _ -> new ArrayList<>()).add(note);
        notifyAll();
    }

    synchronized List<ReceivedEvent> of(String seat) {
        return List.copyOf(heard.getOrDefault(seat, List.of()));
    }

    /// The first that is like that, once it is there.
    synchronized ReceivedEvent await(String seat, String what, Predicate<ReceivedEvent> like)
            throws InterruptedException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        for (int seen = 0; ; ) {
            var notes = heard.getOrDefault(seat, List.of());
            for (; seen < notes.size(); seen++) {
                if (like.test(notes.get(seen))) {
                    return notes.get(seen);
                }
            }
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError(seat + ": waiting for " + what + ", heard " + notes);
            }
            wait(leftMs);
        }
    }
}
