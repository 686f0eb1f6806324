package waybill.server.dialect.write;

import java.util.List;
import waybill.server.dialect.DirectMessage;
import waybill.server.dialect.RoomMessage;

/// The ack of `sync`, the same in every dialect.
///
/// @param events the missed events, in order
/// @param complete whether these are all; if not, the client must load the state
public record SyncResponse(List<RoomMessage> events, boolean complete) {

    public SyncResponse {
        events = List.copyOf(events);
    }

    /// The message to a client that, on connecting, cannot be sent all events after that one.
    public static DirectMessage renderGap(long since) {
        return new DirectMessage(
                "sync:gap",
                "{\"since\":" + since + ",\"complete\":false,\"message\":\"events are missing after this one"
                        + " (expected: that GET /api/v1/orders/active is read)\"}");
    }

    /// The whole ack: `{ok, events: [{event, data}], complete}`.
    public String json() {
        var json = new StringBuilder("{\"ok\":true,\"events\":[");
        for (var outgoing : events) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"event\":")
                    .append(JsonObjectWriter.quote(outgoing.event()))
                    .append(",\"data\":")
                    .append(outgoing.json())
                    .append('}');
        }
        return json.append("],\"complete\":").append(complete).append('}').toString();
    }
}
