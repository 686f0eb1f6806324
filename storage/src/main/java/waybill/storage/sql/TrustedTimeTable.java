package waybill.storage.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// The time up to which the clock was trusted, so that a hub that starts with a wrong clock knows better. Belongs to
/// the journal's thread.
final class TrustedTimeTable {

    private static final String NAME = "trusted time";

    /// How often it is saved.
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    private final PreparedStatement saveProgress;
    private final PreparedStatement find;
    private Instant savedAt = Instant.EPOCH;

    TrustedTimeTable(Statements statements, PreparedStatement saveProgress) throws SQLException {
        this.saveProgress = saveProgress;
        find = statements.prepare("""
                SELECT coalesce((SELECT position FROM progress WHERE name = ?),
                                (SELECT received_at FROM event ORDER BY position DESC LIMIT 1))
                """);
    }

    void save(Instant trusted) throws SQLException {
        if (Duration.between(savedAt, trusted).abs().compareTo(INTERVAL) >= 0) {
            savedAt = trusted;
            saveProgress.setString(1, NAME);
            saveProgress.setLong(2, trusted.toEpochMilli());
            saveProgress.executeUpdate();
        }
    }

    /// The time that was saved last, or else that of the newest event.
    Optional<Instant> find() throws SQLException {
        find.setString(1, NAME);
        try (var rows = find.executeQuery()) {
            return rows.next() ? Optional.ofNullable(OrderRow.instant(rows, 1)) : Optional.empty();
        }
    }
}
