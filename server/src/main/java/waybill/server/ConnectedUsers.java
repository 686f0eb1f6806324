package waybill.server;

import java.util.List;
import java.util.Map;
import waybill.server.realtime.Live;
import waybill.server.rest.Connected;
import waybill.socketio.SocketServer;

/// What is shown over HTTP of those who are connected over Socket.IO.
record ConnectedUsers(SocketServer sockets, Live live) implements Connected {

    @Override
    public int connections() {
        return sockets.connections();
    }

    @Override
    public int users() {
        return live.clients().users();
    }

    @Override
    public List<String> someUsers(int max) {
        return live.clients().someUsers(max);
    }

    @Override
    public Map<String, Long> eventsSent() {
        return live.eventsSent();
    }
}
