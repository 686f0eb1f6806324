package waybill.server.socket;

import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.metrics.DialectCounters;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// The way back to whoever said something: its ack if it asked for one, and otherwise an `error` event for what failed.
///
/// @param counters counts what comes to nothing
public record EventResponder(Socket socket, String event, Ack ack, DialectCounters counters) {

    public void ok() {
        send("{\"ok\":true}");
    }

    /// With a whole ack, as a dialect has it.
    public void ackJson(String json) {
        send(json);
    }

    public void ok(String name, long value) {
        send("{\"ok\":true,\"" + name + "\":" + value + "}");
    }

    /// Sends an ack that is not logged, as those of positions are not: there are too many.
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
