package waybill.server.realtime;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.server.dialect.CapsDialect;
import waybill.server.dialect.Dialect;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;
import waybill.tracking.FixOutcome;

/// The way back to whoever said something: its ack if it asked for one, and otherwise an `error` event for what failed.
///
/// @param tally counts what comes to nothing
record Reply(Socket socket, String event, Ack ack, Tally tally) {

    private static final Map<FixOutcome, RawJson> VERDICTS = Stream.of(FixOutcome.values())
            .collect(Collectors.toUnmodifiableMap(
                    outcome -> outcome,
                    outcome -> new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.word() + "\"}")));

    void ok() {
        send("{\"ok\":true}");
    }

    /// With a whole ack, as a dialect has it.
    void answered(String json) {
        send(json);
    }

    void ok(String name, long value) {
        send("{\"ok\":true,\"" + name + "\":" + value + "}");
    }

    /// What became of a position.
    void ok(FixOutcome outcome, long clockOffsetMs, Dialect dialect) {
        var known = clockOffsetMs == 0 ? VERDICTS.get(outcome) : null;
        ack.send(
                known != null
                        ? known
                        : new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.word() + "\",\""
                                + dialect.field("clockOffsetMs") + "\":" + clockOffsetMs + "}"));
    }

    /// What became of a list of positions, and of each of it.
    void ok(FixOutcome outcome, long clockOffsetMs, Positions.OfList list, Dialect dialect) {
        if (!ack.requested()) {
            return;
        }
        var json = new StringBuilder("{\"ok\":true,\"accepted\":")
                .append(list.outcomes().size() - list.rejected().size())
                .append(",\"rejected\":[");
        for (var rejection : list.rejected()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",")
                    .append("{\"index\":")
                    .append(rejection.index())
                    .append(",\"field\":")
                    .append(CapsDialect.quoted(dialect.field(rejection.field())))
                    .append(",\"message\":")
                    .append(CapsDialect.quoted(rejection.message()))
                    .append('}');
        }
        json.append("],\"verdict\":\"").append(outcome.word()).append("\",\"verdicts\":[");
        for (var one : list.outcomes()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append(one.map(known -> '"' + known.word() + '"').orElse("null"));
        }
        json.append(']');
        if (clockOffsetMs != 0) {
            json.append(",\"")
                    .append(dialect.field("clockOffsetMs"))
                    .append("\":")
                    .append(clockOffsetMs);
        }
        ack.send(new RawJson(json.append('}').toString()));
    }

    void done(String messageId, long eventId) {
        if (ack.requested()) {
            send("{\"ok\":true,\"messageId\":" + CapsDialect.quoted(messageId) + ",\"eventId\":" + eventId + "}");
        }
    }

    void duplicate(String messageId) {
        if (ack.requested()) {
            send("{\"ok\":true,\"duplicate\":true,\"messageId\":" + CapsDialect.quoted(messageId) + "}");
        }
    }

    void duplicate() {
        send("{\"ok\":true,\"duplicate\":true}");
    }

    void failed(Failure failure) {
        tally.refused().add(failure.code());
        if (ack.requested()) {
            send("{\"ok\":false,\"error\":" + failure.json(null) + "}");
        } else {
            var json = failure.json(event);
            EventTrace.sent(socket, "error", json);
            socket.emit("error", new RawJson(json));
        }
    }

    private void send(String json) {
        if (ack.requested()) {
            EventTrace.sent(socket, "ack of " + event, json);
        }
        ack.send(new RawJson(json));
    }
}
