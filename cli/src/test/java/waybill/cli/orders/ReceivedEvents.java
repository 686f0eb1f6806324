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

/// The events received by each socket, in order. Guarded by its monitor.
final class ReceivedEvents {

    private static final long WAIT_MAX_NANOS = TimeUnit.SECONDS.toNanos(60);

    /// One event as a client got it.
    record ReceivedEvent(String event, JSONArray arguments) {

        /// Whether it contains `what` anywhere.
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

    private final Map<String, List<ReceivedEvent>> eventsBySocket = new HashMap<>();

    synchronized void record(String socket, ReceivedEvent event) {
        eventsBySocket.computeIfAbsent(socket, _ -> new ArrayList<>()).add(event);
        notifyAll();
    }

    synchronized List<ReceivedEvent> of(String socket) {
        return List.copyOf(eventsBySocket.getOrDefault(socket, List.of()));
    }

    /// Waits for the first matching event.
    synchronized ReceivedEvent await(String socket, String what, Predicate<ReceivedEvent> like)
            throws InterruptedException {
        var deadline = System.nanoTime() + WAIT_MAX_NANOS;
        for (int seen = 0; ; ) {
            var events = eventsBySocket.getOrDefault(socket, List.of());
            for (; seen < events.size(); seen++) {
                if (like.test(events.get(seen))) {
                    return events.get(seen);
                }
            }
            var leftMs = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (leftMs <= 0) {
                throw new AssertionError(socket + ": waiting for " + what + ", received " + events);
            }
            wait(leftMs);
        }
    }
}
