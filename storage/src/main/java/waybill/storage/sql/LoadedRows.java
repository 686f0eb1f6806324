package waybill.storage.sql;

import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rows by their keys, loaded for a whole batch in one round, as the batch has left them. It also says which keys have
/// no row. Belongs to the thread that writes.
public final class LoadedRows<K, V> {

    private final KeyedQuery<K> query;
    private final DirectoryRows.RowMapper<K> keyMapper;
    private final DirectoryRows.RowMapper<V> rowMapper;
    private final Map<K, Optional<V>> rows = new HashMap<>();

    public LoadedRows(KeyedQuery<K> query, DirectoryRows.RowMapper<K> keyMapper, DirectoryRows.RowMapper<V> rowMapper) {
        this.query = query;
        this.keyMapper = keyMapper;
        this.rowMapper = rowMapper;
    }

    /// Loads what a batch reads, and forgets what the former has read.
    public void startBatch(Collection<K> keys) throws SQLException {
        rows.clear();
        load(keys);
    }

    boolean isLoaded(K key) {
        return rows.containsKey(key);
    }

    /// Loads those that are not in memory.
    void load(Collection<K> keys) throws SQLException {
        var missing =
                keys.stream().filter(key -> !rows.containsKey(key)).distinct().toList();
        missing.forEach(key -> rows.put(key, Optional.empty()));
        query.run(missing, row -> rows.put(keyMapper.read(row), Optional.of(rowMapper.read(row))));
    }

    /// The row of a key, which is loaded now if it was not declared.
    public Optional<V> find(K key) throws SQLException {
        var known = rows.get(key);
        if (known == null) {
            load(List.of(key));
            known = rows.get(key);
        }
        return known == null ? Optional.empty() : known;
    }

    /// The batch has written this row.
    public void put(K key, V row) {
        rows.put(key, Optional.of(row));
    }

    /// What is known of a key may no longer be true.
    void remove(K key) {
        rows.remove(key);
    }

    public void clear() {
        rows.clear();
    }
}
