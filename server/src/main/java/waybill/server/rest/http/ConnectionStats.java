package waybill.server.rest.http;

import java.util.List;
import java.util.Map;
import waybill.hub.analytics.HubActivity;

/// Figures of a node's connections over Socket.IO. Safe from any thread.
public interface ConnectionStats {

    /// The name of the node.
    String node();

    int connections();

    /// The number of authenticated users on all nodes.
    int users();

    /// The ids of at most `max` of them.
    List<String> userIds(int max);

    /// How often each event was sent since the start.
    Map<String, Long> eventsSent();

    /// What was open and was sent within the last hour, the oldest first.
    List<HubActivity.Sample> samples();
}
