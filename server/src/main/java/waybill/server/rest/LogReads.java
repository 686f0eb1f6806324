package waybill.server.rest;

import java.time.Instant;
import waybill.access.Action;
import waybill.order.LogEntry;
import waybill.order.LogFilter;
import waybill.server.dialect.CapsDialect;

/// `GET /log`: what has happened, by store and event, from a time or an event on.
final class LogReads {

    private static final String ENTRIES = "entries";

    private final RestServices services;

    LogReads(RestServices services) {
        this.services = services;
    }

    Doing search(Call call) {
        var store = Permit.store(call, call.find("store"));
        Permit.requireStore(call.by(), Action.VIEW_LOG, store);
        var since = since(call.find("since").orElse("0"));
        var topic = call.find("event").flatMap(CapsDialect::topic);
        var first = Cursor.number(call, ENTRIES, since.after);
        Page.Reading<LogEntry> reading = (last, max) -> services.log()
                .search(new LogFilter(
                        store.orElse(null),
                        topic.orElse(null),
                        last.map(LogEntry::position).orElse(first),
                        since.time,
                        max));
        return new Doing.Reading(() -> {
            var page = Page.read(call.limit(), reading, EventJson::weight);
            return Reply.ok(Json.page(ENTRIES, page.rows(), EventJson::fields, page.next(ENTRIES, LogEntry::position)));
        });
    }

    /// Where to begin: a time, or the event id of the last one known.
    private record Since(long after, Instant time) {}

    private static Since since(String text) {
        if (!text.chars().allMatch(Character::isDigit)) {
            return new Since(0, Call.time("since", text));
        }
        try {
            return new Since(Long.parseLong(text), Instant.EPOCH);
        } catch (NumberFormatException _) {
            throw Problem.invalid(
                    "since", "since: " + Expectation.shortened(text) + " (expected: 0.." + Long.MAX_VALUE + ")");
        }
    }
}
