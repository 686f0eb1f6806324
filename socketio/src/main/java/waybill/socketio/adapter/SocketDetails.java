package waybill.socketio.adapter;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A socket as another node sees it. `data` is what the application has put on it.
public record SocketDetails(
        String id, Set<String> rooms, @Nullable Object data) {}
