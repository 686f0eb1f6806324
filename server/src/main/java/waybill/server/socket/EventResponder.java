package waybill.server.socket;

import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.metrics.DialectCounters;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// The response to an event: its ack if the client requested one, and otherwise an `error` event for a failure.
///
/// @param counters counts rejected events
public record EventResponder(Socket socket, String event, Ack ack, DialectCounters counters) {

    public void ok() {
        send("{\"ok\":true}");
    }

    /// Sends the ack that a dialect has rendered.
    public void ackJson(String json) {
        send(json);
    }

    public void ok(String name, long value) {
        send("{\"ok\":true,\"" + name + "\":" + value + "}");
    }

    /// Sends an ack that is not logged, as those of positions: there are too many.
    public void ackUnlogged(RawJson json) {
        ack.send(json);
    }

    public void accepted(String messageId, long eventId) {
        if (ack.isRequested()) {
            send("{\"ok\":true,\"messageId\":" + JsonObjectWriter.quote(messageId) + ",\"eventId\":" + eventId + "}");
        }
    }

    public void duplicate(String messageId) {
        if (ack.isRequested()) {
            send("{\"ok\":true,\"duplicate\":true,\"messageId\":" + JsonObjectWriter.quote(messageId) + "}");
        }
    }

    public void duplicate() {
        send("{\"ok\":true,\"duplicate\":true}");
    }

    public void failed(EventError failure) {
        counters.rejected().add(failure.code());
        if (ack.isRequested()) {
            send("{\"ok\":false,\"error\":" + failure.json(null) + "}");
        } else {
            var json = failure.json(event);
            EventTrace.sent(socket, "error", json);
            socket.emit("error", new RawJson(json));
        }
    }

    private void send(String json) {
        if (ack.isRequested()) {
            EventTrace.sent(socket, "ack of " + event, json);
        }
        ack.send(new RawJson(json));
    }
}
