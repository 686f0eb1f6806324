package waybill.cli.caps;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.json.JSONObject;

/// A line that only writes down what is said on it. The test is the hub, and answers what it likes.
public final class RecordedConnection implements Connection {

    public static final AckResult DONE = new AckResult.Accepted(false);
    public static final AckResult CONFLICT = new AckResult.Rejected("conflict", "taken", AckResult.RETRY_AFTER);
    public static final AckResult BUSY = new AckResult.Rejected("unavailable", "disk full", Duration.ofSeconds(1));

    private record SentEvent(String event, JSONObject body, Consumer<AckResult> onAck) {}

    private final List<SentEvent> unread = new ArrayList<>();
    private final List<SentEvent> pendingAcks = new ArrayList<>();

    @Override
    public void send(String event, JSONObject body, Consumer<AckResult> answered) {
        var said = new SentEvent(event, body, answered);
        unread.add(said);
        pendingAcks.add(said);
    }

    /// What has been said since the last call: the event, and the store and id where there are any.
    public List<String> sentEvents() {
        var heard = unread.stream().map(RecordedConnection::words).toList();
        unread.clear();
        return heard;
    }

    /// Answers the oldest unanswered `event`.
    public void acknowledge(String event, AckResult result) {
        var said = pendingAcks.stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .orElseThrow();
        pendingAcks.remove(said);
        said.onAck.accept(result);
    }

    public JSONObject lastSent(String event) {
        return pendingAcks.reversed().stream()
                .filter(each -> each.event.equals(event))
                .findFirst()
                .map(SentEvent::body)
                .orElseThrow();
    }

    private static String words(SentEvent said) {
        var parcel = Parcel.of(said.body);
        return parcel.map(it -> said.event + receiptFor(said.body) + ' ' + it.key())
                .orElseGet(() -> said.event + ' ' + said.body.toString().replace('"', '\''));
    }

    private static String receiptFor(JSONObject body) {
        return Optional.ofNullable(body.opt("event"))
                .filter(_ -> body.length() == 3)
                .map(event -> " " + event)
                .orElse("");
    }
}
