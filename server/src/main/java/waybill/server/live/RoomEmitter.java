package waybill.server.live;

import java.util.List;
import waybill.hub.relay.Relay;
import waybill.journal.LogEntry;
import waybill.order.EmitTarget;
import waybill.order.HubEvent;
import waybill.server.dialect.write.BackendEventRendering;
import waybill.server.socket.EventTrace;
import waybill.socketio.RawJson;
import waybill.socketio.SocketServer;

/// Publishes the events of a backend that are for a room of one namespace: to the sockets that are in it now, on this
/// node. Every node reads the log, and does the same.
public final class RoomEmitter implements Relay.EventListener {

    /// Rooms are the same in any dialect, so that the field is named as most of them do.
    private static final String ID_FIELD = "eventId";

    private final SocketServer sockets;

    public RoomEmitter(SocketServer sockets) {
        this.sockets = sockets;
    }

    @Override
    public void onEvent(LogEntry entry) {
        if (entry.event()
                instanceof HubEvent.BackendEmitted(EmitTarget.Room(var namespace, var room), var name, var data)) {
            var json = BackendEventRendering.dataWithId(data, ID_FIELD, entry.sequence());
            EventTrace.sent(namespace, List.of(room), name, json);
            sockets.of(namespace).to(room).local().emit(name, new RawJson(json));
        }
    }
}
