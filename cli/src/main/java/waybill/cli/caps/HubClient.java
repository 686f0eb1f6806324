package waybill.cli.caps;

import org.json.JSONObject;

/// A client of the hub. All calls come on one thread, in the order of the events.
public interface HubClient {

    /// The connection is established, for the first time or again: what was sent on an earlier connection may be
    /// lost.
    void onConnect();

    /// The connection is lost and is restored automatically.
    void onDisconnect();

    /// The hub emitted an event.
    void onEvent(String event, JSONObject message);
}
