package waybill.socketio.redis;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// The requests of this node that other nodes have yet to answer. Thread-safe.
final class PendingRequests {

    /// Hears the answers to one request. From any thread.
    interface Pending {

        void onResponse(NodeResponse response);

        /// The request has come back to the node that sent it, which counts as one of those that hear it.
        void onEcho();
    }

    private final int max;
    private final Map<String, Pending> byId = new ConcurrentHashMap<>();

    PendingRequests(int max) {
        this.max = max;
    }

    /// False where there are too many already.
    boolean add(String id, Pending pending) {
        if (byId.size() >= max) {
            return false;
        }
        byId.put(id, pending);
        return true;
    }

    void remove(String id) {
        byId.remove(id);
    }

    int size() {
        return byId.size();
    }

    /// An answer to a request that is no longer waited for, or of another node, is passed over.
    void onResponse(NodeResponse response) {
        var pending = byId.get(response.id());
        if (pending != null) {
            pending.onResponse(response);
        }
    }

    void onEcho(String id) {
        var pending = byId.get(id);
        if (pending != null) {
            pending.onEcho();
        }
    }
}
