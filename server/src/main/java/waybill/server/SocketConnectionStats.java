package waybill.server;

import java.util.List;
import java.util.Map;
import waybill.hub.NodeId;
import waybill.hub.analytics.HubActivity;
import waybill.server.live.DialectServer;
import waybill.server.rest.http.ConnectionStats;
import waybill.socketio.SocketServer;

/// The connections over Socket.IO, as HTTP shows them.
record SocketConnectionStats(NodeId id, SocketServer sockets, DialectServer dialectServer, HubActivity activity)
        implements ConnectionStats {

    @Override
    public String node() {
        return id.name();
    }

    @Override
    public int connections() {
        return sockets.connectionCount();
    }

    @Override
    public int users() {
        return dialectServer.clients().userSockets().users();
    }

    @Override
    public List<String> userIds(int max) {
        return dialectServer.clients().userSockets().userIds(max);
    }

    @Override
    public Map<String, Long> eventsSent() {
        return dialectServer.eventsSent();
    }

    @Override
    public List<HubActivity.Sample> samples() {
        return activity.samples();
    }
}
