package waybill.server.realtime;

import waybill.server.dialect.CapsDialect;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// The way back to whoever said something: its ack if it asked for one, and otherwise an `error` event for what failed.
///
/// @param tally counts what comes to nothing
record Reply(Socket socket, String event, Ack ack, Tally tally) {

    void ok() {
        ack.send(new RawJson("{\"ok\":true}"));
    }

    /// With a whole ack, as a dialect has it.
    void answered(String json) {
        ack.send(new RawJson(json));
    }

    void ok(String name, long value) {
        ack.send(new RawJson("{\"ok\":true,\"" + name + "\":" + value + "}"));
    }

    void done(String messageId, long eventId) {
        if (ack.requested()) {
            ack.send(new RawJson(
                    "{\"ok\":true,\"messageId\":" + CapsDialect.quoted(messageId) + ",\"eventId\":" + eventId + "}"));
        }
    }

    void duplicate(String messageId) {
        if (ack.requested()) {
            ack.send(new RawJson(
                    "{\"ok\":true,\"duplicate\":true,\"messageId\":" + CapsDialect.quoted(messageId) + "}"));
        }
    }

    void duplicate() {
        ack.send(new RawJson("{\"ok\":true,\"duplicate\":true}"));
    }

    void failed(Failure failure) {
        tally.refused().add(failure.code());
        if (ack.requested()) {
            ack.send(new RawJson("{\"ok\":false,\"error\":" + failure.json(null) + "}"));
        } else {
            socket.emit("error", new RawJson(failure.json(event)));
        }
    }
}
