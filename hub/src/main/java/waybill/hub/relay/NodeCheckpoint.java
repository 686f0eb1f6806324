package waybill.hub.relay;

import waybill.hub.NodeId;
import waybill.journal.EventLog;

/// The checkpoint of a node's relay, saved under the node's name.
///
/// @param savedSequence the sequence that is saved under that name; [#NONE] if none is
/// @param startSequence the sequence after which the relay begins
public record NodeCheckpoint(String name, long savedSequence, long startSequence) {

    static final long NONE = -1;

    /// The checkpoint of a hub from before nodes had names.
    private static final String NAMELESS = "world";

    /// The checkpoint of the relay with that name.
    public static NodeCheckpoint named(String name, EventLog log) {
        var saved = log.findRelayCheckpoint(name);
        return new NodeCheckpoint(name, saved.orElse(NONE), saved.orElse(0));
    }

    /// The checkpoint of a node. A new node begins at the end of the log: what clients have missed by then they are
    /// sent from the log. Its relay saves that when it starts.
    public static NodeCheckpoint of(NodeId node, EventLog log) {
        var own = named("relay of " + node, log);
        if (own.savedSequence != NONE) {
            return own;
        }
        var nameless = log.findRelayCheckpoint(NAMELESS);
        return new NodeCheckpoint(own.name, NONE, nameless.orElseGet(log::lastSequence));
    }
}
