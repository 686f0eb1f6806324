package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import waybill.access.UserId;
import waybill.directory.StoredResponse;
import waybill.journal.PendingResponse;
import waybill.journal.Read;
import waybill.journal.Sequences;

/// The responses to idempotent requests, on the writing connection. Belongs to the journal's thread.
///
/// A response of this batch is found in memory until the commit, whether its row is written or not: two requests with
/// one
/// key have one effect also where a store does not see the rows that it has not committed.
public final class ResponseTable {

    /// Old responses deleted for each that is stored: more than one, so that they never pile up.
    private static final int PURGED_MAX = 4;

    private static final String FIND = """
            SELECT a.user_id, a.request_key, a.fingerprint, a.status, a.body, a.kept_at
            FROM asked CROSS JOIN answer a ON a.user_id = asked.user_id AND a.request_key = asked.request_key
            """;

    private record Key(UserId user, String key) {}

    private record Row(StoredResponse response, long storedAtMs) {}

    private record NewResponse(PendingResponse response, Instant at) {}

    private final LoadedRows<Key, Row> rows;
    private final BatchedStatement save;
    private final PreparedStatement purge;
    private final Map<Key, NewResponse> unwritten = new LinkedHashMap<>();
    private final Map<Key, PendingResponse> ofBatch = new LinkedHashMap<>();

    public ResponseTable(Statements statements) throws SQLException {
        var query = new KeyedQuery<Key>(statements, "user_id, request_key", FIND, (find, first, key) -> {
            find.setString(first, key.user.toString());
            find.setString(first + 1, key.key);
        });
        rows = new LoadedRows<>(
                query,
                row -> new Key(UserId.parse(row.getString(1)), row.getString(2)),
                row -> new Row(
                        new StoredResponse(row.getString(3), row.getInt(4), ResponseBodyCodec.decode(row.getBytes(5))),
                        row.getLong(6)));
        save = new BatchedStatement(statements, """
                INSERT INTO answer (user_id, request_key, fingerprint, status, body, kept_at) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT (user_id, request_key) DO UPDATE SET fingerprint = excluded.fingerprint,
                status = excluded.status, body = excluded.body, kept_at = excluded.kept_at
                """);
        purge = statements.prepare("""
                DELETE FROM answer WHERE (user_id, request_key) IN
                (SELECT user_id, request_key FROM answer WHERE kept_at < ? ORDER BY kept_at LIMIT ?)
                """);
    }

    /// Loads in one round those that a batch reads.
    public void load(Set<Read> reads) throws SQLException {
        rows.startBatch(reads.stream()
                .filter(Read.OfResponse.class::isInstance)
                .map(read -> new Key(((Read.OfResponse) read).user(), ((Read.OfResponse) read).key()))
                .toList());
    }

    /// Finds the response to a request.
    ///
    /// @param outdatedMs responses that were stored before are not given any more
    public Optional<PendingResponse> find(UserId user, String key, long outdatedMs) throws SQLException {
        var of = new Key(user, key);
        var known = ofBatch.get(of);
        return known == null
                ? rows.find(of).filter(row -> row.storedAtMs >= outdatedMs).map(row -> PendingResponse.of(row.response))
                : Optional.of(known);
    }

    public void add(UserId user, String key, PendingResponse response, Instant at) {
        ofBatch.put(new Key(user, key), response);
        unwritten.put(new Key(user, key), new NewResponse(response, at));
    }

    /// Renders and writes those that are not written yet, and deletes some of the old ones.
    public void flush(Sequences sequences, Instant now, long outdatedMs) throws SQLException {
        if (unwritten.isEmpty()) {
            return;
        }
        for (var one : unwritten.entrySet()) {
            var response = one.getValue().response.render(sequences);
            var at = one.getValue().at;
            save.add(row -> {
                row.setString(1, one.getKey().user.toString());
                row.setString(2, one.getKey().key);
                row.setString(3, response.fingerprint());
                row.setInt(4, response.status());
                row.setBytes(5, ResponseBodyCodec.encode(response.body()));
                row.setLong(6, (at.isAfter(now) ? now : at).toEpochMilli());
            });
        }
        save.flush();
        purge.setLong(1, outdatedMs);
        purge.setInt(2, PURGED_MAX * unwritten.size());
        purge.executeUpdate();
        unwritten.clear();
    }

    /// The transaction has ended.
    public void clear() throws SQLException {
        save.clear();
        rows.clear();
        ofBatch.clear();
        unwritten.clear();
    }
}
