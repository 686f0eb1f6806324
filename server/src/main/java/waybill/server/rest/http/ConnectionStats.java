package waybill.server.rest.http;

import java.util.List;
import java.util.Map;

/// What is known of those who are connected over Socket.IO. Safe from any thread.
public interface ConnectionStats {

    int connections();

    /// How many users there are among them who have shown who they are.
    int users();

    /// The ids of at most `max` of them.
    List<String> userIds(int max);

    /// How often each event was sent since the start.
    Map<String, Long> eventsSent();
}
