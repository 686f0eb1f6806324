package waybill.cli.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.cli.orders.ReceivedEvents.ReceivedEvent;

/// What one socket has received about one order: its events in order, with their statuses.
///
///     order:new, order:status:update: accepted picked_up delivered
final class EventSummary {

    /// Sent until a client confirms them, so they may be repeated.
    private static final Set<String> RECEIPT_WANTED = Set.of("merchant:new_order", "delivery:new_request");

    private EventSummary() {}

    static String of(TestSocket spec, List<ReceivedEvent> received, TestOrder order) {
        var events = new ArrayList<ReceivedEvent>();
        var seen = new HashSet<String>();
        var last = 0L;
        for (var event : received) {
            if (order.isNamedIn(event)) {
                var id = event.eventId().orElse(0L);
                var isNew = id == 0 || seen.add(event.event() + ' ' + id);
                assertThat(isNew || RECEIPT_WANTED.contains(event.event()))
                        .as("%s receives %s once", spec.name(), event)
                        .isTrue();
                assertThat(isNew && id != 0 && id < last)
                        .as("%s receives %s after event %s", spec.name(), event, last)
                        .isFalse();
                if (isNew) {
                    events.add(event);
                    last = Math.max(last, id);
                }
            }
        }
        return describe(events);
    }

    private static String describe(List<ReceivedEvent> events) {
        var summary = new ArrayList<String>();
        var name = "";
        for (var event : events) {
            if (event.event().equals(name) && !event.status().isEmpty()) {
                summary.set(summary.size() - 1, summary.getLast() + ' ' + event.status());
            } else {
                name = event.event();
                summary.add(event.status().isEmpty() ? name : name + ": " + event.status());
            }
        }
        return summary.isEmpty() ? "nothing" : String.join(", ", summary);
    }

    /// The statuses of the events with that name.
    static List<String> statuses(String text, String event) {
        return Stream.of(text.split(", "))
                .filter(part -> part.startsWith(event + ": "))
                .flatMap(part -> Stream.of(part.substring(event.length() + 2).split(" ")))
                .toList();
    }

    /// All summaries on one page; sockets with the same summary share a paragraph.
    static String page(SequencedMap<String, String> summaries) {
        var socketsByText = new LinkedHashMap<String, List<String>>();
        summaries.forEach((socket, text) ->
                socketsByText.computeIfAbsent(text, _ -> new ArrayList<>()).add(socket));
        return socketsByText.entrySet().stream()
                .map(entry ->
                        String.join("\n", entry.getValue()) + entry.getKey().replaceAll("(^|, )", "\n    "))
                .collect(Collectors.joining("\n\n", "", "\n"));
    }
}
