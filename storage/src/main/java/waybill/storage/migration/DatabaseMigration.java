package waybill.storage.migration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.sql.Disk;
import waybill.storage.sqlite.Database;

/// Copies the tables of `waybill.db` into an empty PostgreSQL database, some rows at a time, then reads them back and
/// compares them. Until all of it is there and the same, no hub opens the database, and the copy can be begun again.
public final class DatabaseMigration {

    /// Rows that are committed together, unless what they hold is larger than [#BATCH_SIZE_MAX].
    static final int BATCH_MAX = 5_000;

    /// Characters and bytes of the rows that are committed together.
    static final long BATCH_SIZE_MAX = 4 << 20;

    /// Rows that are read at once to compare them.
    static final int FETCH_MAX = 200;

    private static final Duration PROGRESS_INTERVAL = Duration.ofSeconds(5);

    private final Consumer<String> progress;
    private final LongSupplier nanoTime;
    private long reportedAtNanos;

    /// @param progress receives a line about each table, and some about a large one
    public DatabaseMigration(Consumer<String> progress, LongSupplier nanoTime) {
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /// Copies what is in `data`, which no hub uses meanwhile. Throws with what stands in the way.
    public void run(Path data, PostgresAddress address) {
        if (!Files.isRegularFile(Database.file(data).path())) {
            throw new IllegalStateException("data: " + data.toAbsolutePath().normalize()
                    + " has no waybill.db (expected: the data directory of a hub, named with --data)");
        }
        var database = Database.open(data, Disk.ofMachine());
        try (var source = database.openWriter();
                var target = TargetDatabase.open(address)) {
            copy(source, target);
        } catch (SQLException e) {
            throw new IllegalStateException("the data could not be copied: " + TargetDatabase.describe(e), e);
        } finally {
            database.close();
        }
    }

    private void copy(Connection source, TargetDatabase target) throws SQLException {
        target.clear();
        var rows = 0L;
        for (var table : target.tables()) {
            rows += copy(table, source, target);
        }
        target.finish(lastJobId(source));
        progress.accept(String.format(
                Locale.ROOT, "%,d rows are in %s, each the same as in waybill.db", rows, target.toString()));
    }

    private long copy(CopiedTable table, Connection source, TargetDatabase target) throws SQLException {
        var total = count(table, source);
        var copied = new RowHash();
        reportedAtNanos = nanoTime.getAsLong();
        try (var statement = source.createStatement();
                var rows = statement.executeQuery(table.select());
                var insert = target.insert(table)) {
            while (rows.next()) {
                var row = table.read(rows);
                requireStorable(table, row, rows.getRow());
                copied.add(row);
                insert.add(row);
                report(table, copied.rows(), total);
            }
            insert.flush();
        }
        var stored = target.hash(table);
        if (!stored.isSame(copied)) {
            throw new IllegalStateException(String.format(
                    Locale.ROOT,
                    "table %s: %,d rows with hash %s were stored (expected: %,d with hash %s)",
                    table.name(),
                    stored.rows(),
                    stored,
                    copied.rows(),
                    copied));
        }
        progress.accept(String.format(Locale.ROOT, "%-24s %,12d rows  %s", table.name(), copied.rows(), copied));
        return copied.rows();
    }

    private static void requireStorable(CopiedTable table, List<@Nullable Object> row, int number) {
        var columns = table.columnsWithNul(row);
        if (!columns.isEmpty()) {
            throw new IllegalStateException(columns.getFirst() + ", row " + number
                    + ": text with the character U+0000 (expected: text that PostgreSQL can store)");
        }
    }

    private void report(CopiedTable table, long copied, long total) {
        var nowNanos = nanoTime.getAsLong();
        if (nowNanos - reportedAtNanos >= PROGRESS_INTERVAL.toNanos()) {
            reportedAtNanos = nowNanos;
            progress.accept(String.format(Locale.ROOT, "%-24s %,12d of %,d rows", table.name(), copied, total));
        }
    }

    private static long count(CopiedTable table, Connection source) throws SQLException {
        try (var statement = source.createStatement();
                var rows = statement.executeQuery(table.count())) {
            return rows.next() ? rows.getLong(1) : 0;
        }
    }

    /// The id of a deleted job is not given to another.
    private static OptionalLong lastJobId(Connection source) throws SQLException {
        try (var statement = source.createStatement();
                var rows = statement.executeQuery("SELECT seq FROM sqlite_sequence WHERE name = 'outbound_job'")) {
            return rows.next() ? OptionalLong.of(rows.getLong(1)) : OptionalLong.empty();
        }
    }
}
