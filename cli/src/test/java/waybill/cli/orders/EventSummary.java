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

/// What one seat has heard of one order: its events in their order, with the status that each told of.
///
///     order:new, order:status:update: accepted picked_up delivered
final class EventSummary {

    /// Sent until somebody confirms them, so they may come again.
    private static final Set<String> RECEIPT_WANTED = Set.of("merchant:new_order", "delivery:new_request");

    private EventSummary() {}

    static String of(TestSocket spec, List<ReceivedEvent> heard, TestOrder errand) {
        var story = new ArrayList<ReceivedEvent>();
        var seen = new HashSet<String>();
        var last = 0L;
        for (var note : heard) {
            if (errand.isNamedIn(note)) {
                var id = note.eventId().orElse(0L);
                var isNew = id == 0 || seen.add(note.event() + ' ' + id);
                assertThat(isNew || RECEIPT_WANTED.contains(note.event()))
                        .as("%s hears once of %s", spec.name(), note)
                        .isTrue();
                assertThat(isNew && id != 0 && id < last)
                        .as("%s hears of %s after event %s", spec.name(), note, last)
                        .isFalse();
                if (isNew) {
                    story.add(note);
                    last = Math.max(last, id);
                }
            }
        }
        return describe(story);
    }

    private static String describe(List<ReceivedEvent> story) {
        var told = new ArrayList<String>();
        var event = "";
        for (var note : story) {
            if (note.event().equals(event) && !note.status().isEmpty()) {
                told.set(told.size() - 1, told.getLast() + ' ' + note.status());
            } else {
                event = note.event();
                told.add(note.status().isEmpty() ? event : event + ": " + note.status());
            }
        }
        return told.isEmpty() ? "nothing" : String.join(", ", told);
    }

    /// The statuses that the events of that name have told of.
    static List<String> statuses(String story, String event) {
        return Stream.of(story.split(", "))
                .filter(part -> part.startsWith(event + ": "))
                .flatMap(part -> Stream.of(part.substring(event.length() + 2).split(" ")))
                .toList();
    }

    /// All stories on one page; those who have heard the same share a paragraph.
    static String page(SequencedMap<String, String> stories) {
        var tellers = new LinkedHashMap<String, List<String>>();
        stories.forEach((seat, story) ->
                tellers.computeIfAbsent(story, _ -> new ArrayList<>()).add(seat));
        return tellers.entrySet().stream()
                .map(entry ->
                        String.join("\n", entry.getValue()) + entry.getKey().replaceAll("(^|, )", "\n    "))
                .collect(Collectors.joining("\n\n", "", "\n"));
    }
}
