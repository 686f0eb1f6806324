package waybill.cli.caps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.json.JSONObject;

/// A connection that records sent events. The test acts as the hub and sends the acks.
public final class RecordedConnection implements Connection {

    public static final AckResult DONE = new AckResult.Accepted(false);
    public static final AckResult CONFLICT = new AckResult.Rejected("conflict", "taken", AckResult.RETRY_AFTER);
    public static final AckResult BUSY = new AckResult.Rejected("unavailable", "disk full", Duration.ofSeconds(1));

    private record SentEvent(String event, JSONObject body, Consumer<AckResult> onAck) {}

    private final List<SentEvent> unread = new ArrayList<>();
    private final List<SentEvent> pendingAcks = new ArrayList<>();

    @Override
    public void send(String event, JSONObject body, Consumer<AckResult> onAck) {
        var sent = new SentEvent(event, body, onAck);
        unread.add(sent);
        pendingAcks.add(sent);
    }

    /// The events sent since the last call, with their store and id if they have them.
    public List<String> sentEvents() {
        var events = unread.stream().map(RecordedConnection::text).toList();
        unread.clear();
        return events;
    }

    /// Acknowledges the oldest pending `event`.
    public void acknowledge(String event, AckResult result) {
        var sent = pendingAcks.stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .orElseThrow();
        pendingAcks.remove(sent);
        sent.onAck.accept(result);
    }

    public JSONObject lastSent(String event) {
        return pendingAcks.reversed().stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .map(SentEvent::body)
                .orElseThrow();
    }

    private static String text(SentEvent sent) {
        var parcel = Parcel.of(sent.body);
        return parcel.map(it -> sent.event + queueOf(sent.body) + ' ' + it.key())
                .orElseGet(() -> sent.event + ' ' + sent.body.toString().replace('"', '\''));
    }

    private static String queueOf(JSONObject body) {
        return Optional.ofNullable(body.opt("event"))
                .filter(_ -> body.length() == 3)
                .map(event -> " " + event)
                .orElse("");
    }
}
