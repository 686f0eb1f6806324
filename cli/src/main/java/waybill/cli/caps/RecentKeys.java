package waybill.cli.caps;

import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The last `max` keys that were added; older ones are evicted.
public final class RecentKeys {

    private final int max;
    private final SequencedSet<String> keys = new LinkedHashSet<>();

    public RecentKeys(int max) {
        this.max = max;
    }

    /// Adds a key; returns whether it is new.
    public boolean add(String key) {
        if (!keys.add(key)) {
            return false;
        }
        if (keys.size() > max) {
            keys.removeFirst();
        }
        return true;
    }

    public boolean contains(String key) {
        return keys.contains(key);
    }
}
