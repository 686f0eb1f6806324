package waybill.storage.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig.SynchronousMode;
import waybill.storage.sqlite.SqliteFile;

class SimulatedDiskTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private CommitOutcome outcome = CommitOutcome.COMMITTED;
    private final AtomicInteger deaths = new AtomicInteger();
    private final SimulatedDisk disk = new SimulatedDisk(() -> outcome, deaths::incrementAndGet);

    @SuppressWarnings("NullAway.Init")
    private Path first;

    @SuppressWarnings("NullAway.Init")
    private Path second;

    @BeforeEach
    void prepare() throws Exception {
        first = Files.createDirectory(directory.resolve("first"));
        second = directory.resolve("second");
    }

    @Test
    void aPowerCutLosesWhatWasNotSynced() throws SQLException {
        insert(file(first, SynchronousMode.NORMAL).openWriter(), 1);
        disk.restart(first, second, true);
        assertThat(rows(SynchronousMode.NORMAL)).isZero();
    }

    @Test
    void aPowerCutKeepsWhatWasSynced() throws SQLException {
        insert(file(first, SynchronousMode.FULL).openWriter(), 1);
        disk.restart(first, second, true);
        assertThat(rows(SynchronousMode.FULL)).isEqualTo(1);
    }

    @Test
    void theEndOfTheProcessKeepsWhatWasNotSynced() throws SQLException {
        insert(file(first, SynchronousMode.NORMAL).openWriter(), 1);
        disk.restart(first, second, false);
        assertThat(rows(SynchronousMode.NORMAL)).isEqualTo(1);
    }

    @Test
    void aCommitThatIsNotReportedIsOnTheDisk() throws SQLException {
        var writer = file(first, SynchronousMode.FULL).openWriter();
        outcome = CommitOutcome.UNREPORTED;
        assertThatThrownBy(() -> insert(writer, 1)).isInstanceOf(SQLException.class);
        outcome = CommitOutcome.COMMITTED;
        disk.restart(first, second, true);
        assertThat(rows(SynchronousMode.FULL)).isEqualTo(1);
    }

    @Test
    void aProcessThatDiesBeforeItsCommitHasCommittedNothing() throws SQLException {
        var writer = file(first, SynchronousMode.FULL).openWriter();
        outcome = CommitOutcome.KILLED_BEFORE;
        assertThatThrownBy(() -> insert(writer, 1)).isInstanceOf(SQLException.class);
        outcome = CommitOutcome.COMMITTED;
        assertThatThrownBy(writer::commit).isInstanceOf(SQLException.class);
        disk.restart(first, second, false);
        assertThat(rows(SynchronousMode.FULL)).isZero();
        assertThat(deaths).hasValue(1);
    }

    private SqliteFile file(Path where, SynchronousMode synchronous) {
        var file = new SqliteFile(where.resolve("tracks.db"), "waybill/storage/tracks", synchronous, 1_024, disk);
        file.migrate();
        return file;
    }

    private static void insert(Connection connection, int driver) throws SQLException {
        try (var statement = connection.prepareStatement("INSERT INTO driver (name) VALUES (?)")) {
            statement.setString(1, "driver " + driver);
            statement.execute();
        }
        connection.commit();
    }

    private int rows(SynchronousMode synchronous) throws SQLException {
        try (var connection = file(second, synchronous).openReader();
                var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM driver")) {
            return row.getInt(1);
        } finally {
            disk.closeAll();
        }
    }
}
