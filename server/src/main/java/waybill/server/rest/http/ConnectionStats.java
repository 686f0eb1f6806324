package waybill.server.rest.http;

import java.util.List;
import java.util.Map;

/// Figures of the connections over Socket.IO. Safe from any thread.
public interface ConnectionStats {

    int connections();

    /// The number of authenticated users among them.
    int users();

    /// The ids of at most `max` of them.
    List<String> userIds(int max);

    /// How often each event was sent since the start.
    Map<String, Long> eventsSent();
}
