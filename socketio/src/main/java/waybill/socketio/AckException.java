package waybill.socketio;

import java.util.List;

/// An ack did not come: in time, or at all. Of a broadcast, the answers that did come are here.
public final class AckException extends Exception {

    private final transient List<Args> acks;

    AckException(String message, List<Args> answers) {
        super(message, null, false, false);
        this.acks = List.copyOf(answers);
    }

    public List<Args> acks() {
        return acks;
    }
}
