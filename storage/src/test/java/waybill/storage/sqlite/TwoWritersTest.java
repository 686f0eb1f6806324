package waybill.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import waybill.storage.sql.DailySequence;
import waybill.storage.sql.Disk;
import waybill.storage.sql.InternedNames;
import waybill.storage.sql.Statements;

/// Two writers of the same tables, each on a connection of its own. A store lets no second one in; the tables do.
class TwoWritersTest {

    private static final LocalDate DAY = LocalDate.of(2026, 1, 31);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    @SuppressWarnings("NullAway.Init")
    private Database database;

    @SuppressWarnings("NullAway.Init")
    private Statements first;

    @SuppressWarnings("NullAway.Init")
    private Statements second;

    @BeforeEach
    void openTwice() throws SQLException {
        database = Database.open(data, Disk.ofMachine());
        first = new Statements(database.openWriter(), SqliteDialect.SQLITE);
        second = new Statements(database.openWriter(), SqliteDialect.SQLITE);
    }

    @AfterEach
    void close() throws SQLException {
        first.close();
        second.close();
        database.close();
    }

    @Test
    void numbersOfADayAreDrawnInTurn() throws SQLException {
        var numbers = new DailySequence(first);
        var others = new DailySequence(second);
        assertThat(draw(numbers, first)).isEqualTo(1);
        assertThat(draw(others, second)).isEqualTo(2);
        assertThat(draw(others, second)).isEqualTo(3);
        assertThat(draw(numbers, first)).isEqualTo(4);
    }

    @Test
    void aTransactionThatDrewWhatAnotherCommittedFailsForTheMomentAndIsRunAgain() throws SQLException {
        var numbers = new DailySequence(first);
        var others = new DailySequence(second);
        assertThat(numbers.next(DAY)).isEqualTo(1);
        assertThat(draw(others, second)).isEqualTo(1);
        assertThatThrownBy(numbers::flush)
                .satisfies(failure ->
                        assertThat(SqliteFailures.SQLITE.isTransient(failure)).isTrue());
        first.rollback();
        numbers.clear();
        assertThat(draw(numbers, first)).isEqualTo(2);
    }

    @Test
    void aNameHasOneNumber() throws SQLException {
        var names = InternedNames.forStores(first);
        var others = InternedNames.forStores(second);
        assertThat(names.findId("acme")).isEmpty();
        first.commit();
        var number = others.findOrCreateId("acme");
        second.commit();
        assertThat(names.findOrCreateId("acme")).isEqualTo(number);
    }

    private static long draw(DailySequence numbers, Statements transaction) throws SQLException {
        var number = numbers.next(DAY);
        numbers.flush();
        transaction.commit();
        return number;
    }
}
