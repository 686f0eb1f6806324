package waybill.server.socket;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.server.dialect.Dialect;
import waybill.server.dialect.caps.CapsDialect;
import waybill.server.live.PositionPipeline;
import waybill.server.metrics.DialectCounters;
import waybill.socketio.Ack;
import waybill.socketio.Socket;
import waybill.socketio.packet.RawJson;
import waybill.tracking.FixOutcome;

/// The way back to whoever said something: its ack if it asked for one, and otherwise an `error` event for what failed.
///
/// @param counters counts what comes to nothing
public record EventResponder(Socket socket, String event, Ack ack, DialectCounters counters) {

    private static final Map<FixOutcome, RawJson> ACKS = Stream.of(FixOutcome.values())
            .collect(Collectors.toUnmodifiableMap(
                    outcome -> outcome,
                    outcome -> new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.wireName() + "\"}")));

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

    /// What became of a position.
    public void ok(FixOutcome outcome, long clockOffsetMs, Dialect dialect) {
        var known = clockOffsetMs == 0 ? ACKS.get(outcome) : null;
        ack.send(
                known != null
                        ? known
                        : new RawJson("{\"ok\":true,\"verdict\":\"" + outcome.wireName() + "\",\""
                                + dialect.fieldName("clockOffsetMs") + "\":" + clockOffsetMs + "}"));
    }

    /// What became of a list of positions, and of each of it.
    public void ok(FixOutcome outcome, long clockOffsetMs, PositionPipeline.ListOutcome list, Dialect dialect) {
        if (!ack.isRequested()) {
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
                    .append(CapsDialect.quote(dialect.fieldName(rejection.field())))
                    .append(",\"message\":")
                    .append(CapsDialect.quote(rejection.message()))
                    .append('}');
        }
        json.append("],\"verdict\":\"").append(outcome.wireName()).append("\",\"verdicts\":[");
        for (var one : list.outcomes()) {
            json.append(json.charAt(json.length() - 1) == '[' ? "" : ",");
            json.append(one.map(known -> '"' + known.wireName() + '"').orElse("null"));
        }
        json.append(']');
        if (clockOffsetMs != 0) {
            json.append(",\"")
                    .append(dialect.fieldName("clockOffsetMs"))
                    .append("\":")
                    .append(clockOffsetMs);
        }
        ack.send(new RawJson(json.append('}').toString()));
    }

    public void accepted(String messageId, long eventId) {
        if (ack.isRequested()) {
            send("{\"ok\":true,\"messageId\":" + CapsDialect.quote(messageId) + ",\"eventId\":" + eventId + "}");
        }
    }

    public void duplicate(String messageId) {
        if (ack.isRequested()) {
            send("{\"ok\":true,\"duplicate\":true,\"messageId\":" + CapsDialect.quote(messageId) + "}");
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
