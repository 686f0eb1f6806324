package waybill.hub.relay;

import waybill.hub.NodeId;
import waybill.journal.EventLog;
import waybill.journal.Journal;

/// The checkpoint of a node's relay, saved under the node's name.
public final class NodeCheckpoint {

    /// The checkpoint of a hub from before nodes had names.
    private static final String NAMELESS = "world";

    private NodeCheckpoint() {}

    /// The name of the node's checkpoint. A new node begins at the end of the log: what clients have missed by then
    /// they are sent from the log. Blocks on the disk.
    public static String open(NodeId node, EventLog log, Journal journal) {
        var name = "relay of " + node;
        if (log.findRelayCheckpoint(name) == 0) {
            var nameless = log.findRelayCheckpoint(NAMELESS);
            var start = nameless == 0 ? log.lastSequence() : nameless;
            if (start > 0) {
                journal.submit(work -> {
                            work.saveRelayCheckpoint(name, start);
                            return true;
                        })
                        .join();
            }
        }
        return name;
    }
}
