package waybill.cli.caps;

import java.util.function.Consumer;
import org.json.JSONObject;

/// An app's connection to the hub.
public interface Connection {

    /// Emits `event`; the hub's ack goes to `onAck`, unless the connection is lost first.
    void send(String event, JSONObject body, Consumer<AckResult> onAck);
}
