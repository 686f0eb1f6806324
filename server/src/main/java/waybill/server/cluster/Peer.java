package waybill.server.cluster;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What this node knows of another one. Guarded by the lock of [ClusterNode].
final class Peer {

    /// Entries of one node in the memory of another, some 100 bytes each. Further ones are passed over: its sockets
    /// count there alone.
    static final int ENTRIES_MAX = 1_000_000;

    private final List<SharedTable> tables;
    private final List<Map<String, Integer>> counts;
    private final List<NodeMessage.Entry> parts = new ArrayList<>(); // of a state that is not complete yet
    private int nextPart;
    private boolean isInStep;
    private long sequence;
    private int entryCount;
    private int missedBeats;
    private long requestedAtMs = Long.MIN_VALUE / 2;

    Peer(List<SharedTable> tables) {
        this.tables = tables;
        this.counts = Stream.<Map<String, Integer>>generate(HashMap::new)
                .limit(tables.size())
                .toList();
    }

    boolean isInStep() {
        return isInStep;
    }

    void onHeard() {
        missedBeats = 0;
    }

    /// How many heartbeats of this node came back without any message of the peer.
    int onBeat() {
        return ++missedBeats;
    }

    /// Whether its state should be requested now: it is not in step, and was not asked within `intervalMs`.
    boolean needsRequest(long nowMs, long intervalMs) {
        if (isInStep || nowMs - requestedAtMs < intervalMs) {
            return false;
        }
        requestedAtMs = nowMs;
        return true;
    }

    void onChanges(NodeMessage.Changes changes) {
        isInStep &= changes.sequence() == sequence + 1;
        if (isInStep) {
            sequence = changes.sequence();
            changes.entries().forEach(this::apply);
        }
    }

    /// Parts come in order, ahead of later changes. One that is missing is noticed, and the state requested again.
    void onState(NodeMessage.State state) {
        if (state.part() == 0) {
            parts.clear();
            nextPart = 0;
        }
        if (state.part() != nextPart || parts.size() + state.entries().size() > ENTRIES_MAX) {
            return;
        }
        nextPart++;
        parts.addAll(state.entries());
        if (nextPart == state.parts()) {
            replaceBy(parts);
            parts.clear();
            sequence = state.sequence();
            isInStep = true;
        }
    }

    /// What stays the same is not removed in between.
    private void replaceBy(List<NodeMessage.Entry> entries) {
        var stale = counts.stream().map(HashMap::new).toList();
        for (var entry : entries) {
            apply(entry);
            if (entry.table() < tables.size()) {
                stale.get(entry.table()).remove(entry.key());
            }
        }
        for (var table = 0; table < stale.size(); table++) {
            for (var key : stale.get(table).keySet()) {
                apply(new NodeMessage.Entry(table, key, 0));
            }
        }
    }

    /// An entry of a table that only a newer version has is passed over.
    private void apply(NodeMessage.Entry entry) {
        if (entry.table() >= tables.size()) {
            return;
        }
        var ofTable = counts.get(entry.table());
        var before = ofTable.getOrDefault(entry.key(), 0);
        if (before == 0 && entry.count() > 0 && entryCount >= ENTRIES_MAX) {
            return;
        }
        if (entry.count() == 0) {
            entryCount -= ofTable.remove(entry.key()) == null ? 0 : 1;
        } else if (ofTable.put(entry.key(), entry.count()) == null) {
            entryCount++;
        }
        if (entry.count() != before) {
            tables.get(entry.table()).changeOthers(entry.key(), entry.count() - before);
        }
    }

    /// The node is gone, and so is all that it had.
    void clear() {
        replaceBy(List.of());
    }
}
