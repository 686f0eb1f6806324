package waybill.server.rest.admin;

import java.time.Instant;
import java.util.Map;
import waybill.access.Action;
import waybill.journal.EventLog;
import waybill.journal.LogEntry;
import waybill.journal.LogFilter;
import waybill.messaging.Topic;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.rest.contract.Problem;
import waybill.server.rest.contract.SchemaText;
import waybill.server.rest.http.ApiRequest;
import waybill.server.rest.http.ApiResponse;
import waybill.server.rest.http.Authorization;
import waybill.server.rest.http.Cursor;
import waybill.server.rest.http.JsonWriter;
import waybill.server.rest.http.OperationHandlers;
import waybill.server.rest.http.Page;
import waybill.server.rest.http.RequestAction;
import waybill.server.rest.order.EventJson;

/// `GET /log`: the event log, by store and event, from a time or an event on.
public final class LogReads implements OperationHandlers {

    private static final String ENTRIES = "entries";

    private final EventLog log;

    public LogReads(EventLog log) {
        this.log = log;
    }

    @Override
    public Map<String, RequestAction.Handler> operations() {
        return Map.of("searchLog", this::search);
    }

    public RequestAction search(ApiRequest call) {
        var store = Authorization.store(call, call.find("store"));
        Authorization.requireStore(call.principal(), Action.VIEW_LOG, store);
        var since = since(call.find("since").orElse("0"));
        var state = call.find("event").flatMap(CapsDialect::topic).map(Topic::state);
        var first = Cursor.number(call, ENTRIES, since.after);
        Page.RowSource<LogEntry> reading = (last, max) -> log.search(new LogFilter(
                store.orElse(null),
                state.orElse(null),
                last.map(LogEntry::sequence).orElse(first),
                since.time,
                max));
        return new RequestAction.Read(() -> {
            var page = Page.read(call.limit(), reading, EventJson::estimatedChars);
            return ApiResponse.ok(
                    JsonWriter.page(ENTRIES, page.rows(), EventJson::fields, page.next(ENTRIES, LogEntry::sequence)));
        });
    }

    /// The start: a time, or the event id of the last known event.
    private record Since(long after, Instant time) {}

    private static Since since(String text) {
        if (!text.chars().allMatch(Character::isDigit)) {
            return new Since(0, ApiRequest.time("since", text));
        }
        try {
            return new Since(Long.parseLong(text), Instant.EPOCH);
        } catch (NumberFormatException _) {
            throw Problem.invalid(
                    "since", "since: " + SchemaText.excerpt(text) + " (expected: 0.." + Long.MAX_VALUE + ")");
        }
    }
}
