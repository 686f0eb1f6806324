package waybill.cli.caps;

import org.json.JSONObject;

/// A client of the hub. All calls come on one thread, in the order in which things happened.
public interface HubClient {

    /// The line is up, for the first time or again: everything said on an earlier line may be lost.
    void onConnect();

    /// The line is down and will come back by itself.
    void onDisconnect();

    /// The hub said something.
    void onEvent(String event, JSONObject message);
}
