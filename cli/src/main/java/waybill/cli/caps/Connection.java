package waybill.cli.caps;

import java.util.function.Consumer;
import org.json.JSONObject;

/// The hub, as an app speaks to it.
public interface Connection {

    /// Says `event`; the hub's answer goes to `answered`, unless the line breaks first.
    void send(String event, JSONObject body, Consumer<AckResult> answered);
}
