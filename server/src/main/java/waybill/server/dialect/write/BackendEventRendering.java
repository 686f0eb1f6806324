package waybill.server.dialect.write;

import java.util.List;
import java.util.Set;
import waybill.order.HubEvent;
import waybill.server.dialect.RoomMessage;

/// The rendering of a backend's event, which all dialects send as it came.
public final class BackendEventRendering {

    private BackendEventRendering() {}

    /// The message of an event, if it has rooms.
    ///
    /// @param rooms its rooms in the dialect; none if it is for the room of one namespace
    /// @param idField the field of the sequence in the dialect
    public static List<RoomMessage> render(
            HubEvent.BackendEmitted emitted, Set<String> rooms, String idField, long sequence) {
        return rooms.isEmpty()
                ? List.of()
                : List.of(RoomMessage.to(rooms, emitted.name(), dataWithId(emitted.data(), idField, sequence)));
    }

    /// An object gets the id by which clients drop duplicates as its last field. Other data has no place for it.
    public static String dataWithId(String data, String idField, long sequence) {
        if (!data.startsWith("{")) {
            return data;
        }
        var fields = data.substring(0, data.length() - 1);
        return fields + (fields.length() == 1 ? "" : ",") + "\"" + idField + "\":" + sequence + "}";
    }
}
