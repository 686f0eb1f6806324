package waybill.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import waybill.storage.sql.StorageException;

class PostgresFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "23505, false", // unique_violation
        "22021, false", // a character that text cannot hold
        "42P01, false", // undefined_table
        "54000, false", // program_limit_exceeded
        "42501, true", // insufficient_privilege
        "40001, true", // serialization_failure
        "40P01, true", // deadlock_detected
        "55P03, true", // lock_not_available
        "08006, true", // connection_failure
        "57P01, true", // admin_shutdown
        "57014, true", // query_canceled
        "53100, true", // disk_full
        "25006, true", // read_only_sql_transaction
        "28P01, true", // invalid_password
        "XX000, true",
        ", true"
    })
    void aFailureOfTheServerMayPassAndOneOfTheStatementDoesNot(String state, boolean isTransient) {
        var failure = new SQLException("a message with a secret", state);
        assertThat(PostgresFailures.POSTGRES.isTransient(failure)).isEqualTo(isTransient);
        assertThat(PostgresFailures.POSTGRES.isTransient(new StorageException(failure)))
                .isEqualTo(isTransient);
        assertThat(PostgresFailures.POSTGRES.describe(failure)).doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({"XX001, true", "XX002, true", "XX000, false", "53100, false"})
    void damagedDataIsRecognized(String state, boolean isCorruption) {
        assertThat(PostgresFailures.POSTGRES.isCorruption(new SQLException("", state)))
                .isEqualTo(isCorruption);
    }
}
