package waybill.server.socket;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Failures;
import waybill.hub.refusal.Refusal;
import waybill.server.dialect.write.JsonObjectWriter;
import waybill.server.metrics.DialectCounters;
import waybill.socketio.Ack;
import waybill.socketio.RawJson;
import waybill.socketio.Socket;

/// The response to an event: its ack if the client requested one, and otherwise an `error` event for a failure.
///
/// @param event as the client sent it
/// @param counters counts rejected events
public record EventResponder(Socket socket, String event, Ack ack, DialectCounters counters) {

    private static final Logger LOG = LoggerFactory.getLogger(EventResponder.class);

    /// The name of the event, cut and escaped for the log and for answers.
    public String eventName() {
        return EventTrace.name(event);
    }

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

    /// The event could not be handled. An error of the hub is logged.
    public void failed(Throwable thrown) {
        var cause = Failures.cause(thrown);
        var refusal = Refusal.of(cause);
        if (refusal.code() == ErrorCode.INTERNAL) {
            LOG.error("an event could not be handled", cause);
        }
        failed(refusal);
    }

    public void failed(Refusal refusal) {
        counters.rejected().add(refusal.code().wireName());
        if (ack.isRequested()) {
            send("{\"ok\":false,\"error\":" + json(refusal, null) + "}");
        } else {
            var json = json(refusal, eventName());
            EventTrace.sent(socket, "error", json);
            socket.emit("error", new RawJson(json));
        }
    }

    /// `{code, message, field?, retryAfterMs?, event?}`.
    private static String json(Refusal refusal, @Nullable String event) {
        var json = new StringBuilder("{\"code\":\"")
                .append(refusal.code().wireName())
                .append("\",\"message\":")
                .append(JsonObjectWriter.quote(refusal.message()));
        if (refusal.fieldOrNone() != null) {
            json.append(",\"field\":").append(JsonObjectWriter.quote(refusal.fieldOrNone()));
        }
        if (refusal.retryAfter().toMillis() > 0) {
            json.append(",\"retryAfterMs\":").append(refusal.retryAfter().toMillis());
        }
        if (event != null) {
            json.append(",\"event\":").append(JsonObjectWriter.quote(event));
        }
        return json.append('}').toString();
    }

    private void send(String json) {
        if (ack.isRequested()) {
            EventTrace.sent(socket, "ack of " + eventName(), json);
        }
        ack.send(new RawJson(json));
    }
}
