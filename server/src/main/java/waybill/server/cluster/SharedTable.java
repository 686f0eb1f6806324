package waybill.server.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How many of each key this node has, such as sockets of a user, and the other nodes together. Of the other nodes it
/// is as old as their last changes: a tenth of a second, or as long as Redis is away. Thread-safe.
final class SharedTable {

    /// Hears which keys other nodes have.
    interface Listener {

        /// The other nodes have a key now that they had not, or have it no more.
        void onOthers(String key, boolean present);
    }

    private static final Counts NONE = new Counts(0, 0);

    private final int number;
    private final Listener listener;
    private final Map<String, Counts> counts = new ConcurrentHashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet(); // of this node, not published yet

    private record Counts(int own, int others) {

        int all() {
            return own + others;
        }

        @Nullable
        Counts orNull() {
            return own == 0 && others == 0 ? null : this;
        }
    }

    /// @param number the table's number, the same on all nodes
    SharedTable(int number) {
        this(number, (_, _) -> {});
    }

    SharedTable(int number, Listener listener) {
        this.number = number;
        this.listener = listener;
    }

    int number() {
        return number;
    }

    /// Counts one more of this node; false when there are `max` on all nodes. A `max` of 0 is no limit.
    boolean add(String key, int max) {
        var isAdded = new boolean[1];
        counts.compute(key, (_, known) -> {
            var before = known == null ? NONE : known;
            isAdded[0] = max == 0 || before.all() < max;
            return isAdded[0] ? new Counts(before.own + 1, before.others) : known;
        });
        if (isAdded[0]) {
            changed.add(key);
        }
        return isAdded[0];
    }

    void remove(String key) {
        counts.computeIfPresent(key, (_, before) -> new Counts(Math.max(0, before.own - 1), before.others).orNull());
        changed.add(key);
    }

    /// On all nodes.
    int count(String key) {
        return counts.getOrDefault(key, NONE).all();
    }

    int ofOthers(String key) {
        return counts.getOrDefault(key, NONE).others;
    }

    int keyCount() {
        return counts.size();
    }

    Stream<String> keys() {
        return counts.keySet().stream();
    }

    // ---- for the node

    /// What this node has changed since it was asked last: at most `max` entries, the rest the next time.
    List<NodeMessage.Entry> takeChanges(int max) {
        var changes = new ArrayList<NodeMessage.Entry>();
        for (var keys = changed.iterator(); keys.hasNext() && changes.size() < max; ) {
            var key = keys.next();
            keys.remove(); // first, or a change in between would be lost
            changes.add(entry(key, counts.getOrDefault(key, NONE)));
        }
        return changes;
    }

    /// All that this node has.
    Stream<NodeMessage.Entry> own() {
        return counts.entrySet().stream()
                .filter(one -> one.getValue().own > 0)
                .map(one -> entry(one.getKey(), one.getValue()));
    }

    private NodeMessage.Entry entry(String key, Counts count) {
        return new NodeMessage.Entry(number, key, count.own);
    }

    /// Another node has so many more, or fewer.
    void changeOthers(String key, int by) {
        counts.compute(key, (_, known) -> {
            var before = known == null ? NONE : known;
            var after = new Counts(before.own, Math.max(0, before.others + by));
            if (before.others == 0 != (after.others == 0)) {
                listener.onOthers(key, after.others > 0);
            }
            return after.orNull();
        });
    }
}
