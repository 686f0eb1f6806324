package waybill.server.realtime;

import waybill.server.dialect.CapsDialect;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;

/// The way back to whoever said something: its ack if it asked for one, and otherwise an `error` event for what failed.
record Reply(Socket socket, String event, Ack ack) {

    void ok() {
        ack.send(new RawJson("{\"ok\":true}"));
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

    void failed(Failure failure) {
        if (ack.requested()) {
            ack.send(new RawJson("{\"ok\":false,\"error\":" + failure.json(null) + "}"));
        } else {
            socket.emit("error", new RawJson(failure.json(event)));
        }
    }
}
