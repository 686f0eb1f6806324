package waybill.limit;

import java.util.LinkedHashMap;

/// Values of a bounded number of keys. One more evicts the key whose value was put least recently. Guarded by its
/// owner.
public final class RecentKeys<K, V> {

    private final int max;
    private final LinkedHashMap<K, V> values = new LinkedHashMap<>();

    public RecentKeys(int max) {
        this.max = max;
    }

    public V getOrDefault(K key, V absent) {
        return values.getOrDefault(key, absent);
    }

    public void put(K key, V value) {
        values.putLast(key, value);
        if (values.size() > max) {
            values.pollFirstEntry();
        }
    }
}
