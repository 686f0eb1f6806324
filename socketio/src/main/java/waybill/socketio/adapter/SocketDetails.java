package waybill.socketio.adapter;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A socket as another node sees it.
///
/// @param data what the application has put on it
/// @param handshake with what it connected, by the names that it has in JavaScript
public record SocketDetails(
        String id, Set<String> rooms, @Nullable Object data, Map<String, @Nullable Object> handshake) {

    public SocketDetails(String id, Set<String> rooms, @Nullable Object data) {
        this(id, rooms, data, Map.of());
    }
}
