package waybill.server.dialect;

import java.util.List;

/// What a client that was away is answered, the same in every dialect.
///
/// @param events what it has missed, in order
/// @param complete whether that is all; if not, it must read anew how things stand
public record CaughtUp(List<Said> events, boolean complete) {

    public CaughtUp {
        events = List.copyOf(events);
    }

    /// What a client is told on connecting that cannot be sent all that it missed after that event.
    public static Word gap(long since) {
        return new Word(
                "sync:gap",
                "{\"since\":" + since + ",\"complete\":false,\"message\":\"events are missing after this one"
                        + " (expected: that GET /api/v1/orders/active is read)\"}");
    }

    /// The whole ack: `{ok, events: [{event, data}], complete}`.
    public String json() {
        var json = new StringBuilder("{\"ok\":true,\"events\":[");
        for (var said : events) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"event\":")
                    .append(CapsDialect.quoted(said.event()))
                    .append(",\"data\":")
                    .append(said.json())
                    .append('}');
        }
        return json.append("],\"complete\":").append(complete).append('}').toString();
    }
}
