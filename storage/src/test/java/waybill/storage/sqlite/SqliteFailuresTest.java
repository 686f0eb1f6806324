package waybill.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import waybill.storage.sql.StorageException;

class SqliteFailuresTest {

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            names = {"SQLITE_FULL", "SQLITE_IOERR_FSYNC", "SQLITE_BUSY_SNAPSHOT", "SQLITE_CANTOPEN", "SQLITE_READONLY"})
    void aFailureOfTheDiskOrTheFileMayPass(SQLiteErrorCode code) {
        assertThat(SqliteFailures.SQLITE.isTransient(new SQLiteException("", code)))
                .isTrue();
        assertThat(SqliteFailures.SQLITE.isTransient(new StorageException(new SQLiteException("", code))))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = SQLiteErrorCode.class,
            names = {"SQLITE_CONSTRAINT", "SQLITE_CONSTRAINT_UNIQUE", "SQLITE_CONSTRAINT_PRIMARYKEY", "SQLITE_TOOBIG"})
    void aRefusedRowStaysRefused(SQLiteErrorCode code) {
        assertThat(SqliteFailures.SQLITE.isTransient(new SQLiteException("", code)))
                .isFalse();
        assertThat(SqliteFailures.SQLITE.isTransient(new StorageException(new SQLiteException("", code))))
                .isFalse();
    }

    @Test
    void aViolatedConstraintOfAnyDriverIsNoOutage() {
        assertThat(SqliteFailures.SQLITE.isTransient(new SQLException("duplicate key", "23505")))
                .isFalse();
        assertThat(SqliteFailures.SQLITE.isTransient(new SQLException("no connection", "08006")))
                .isTrue();
    }

    @Test
    void aBugIsNoOutage() {
        assertThat(SqliteFailures.SQLITE.isTransient(new IllegalStateException("a bug")))
                .isFalse();
    }

    @Test
    void aClientReceivesNoPath() {
        var failure = new SQLiteException("/data/waybill.db is full", SQLiteErrorCode.SQLITE_FULL);
        assertThat(SqliteFailures.SQLITE.describe(new StorageException(failure)))
                .startsWith("SQLITE_FULL")
                .doesNotContain("/data");
    }
}
