package waybill.storage.sqlite;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;
import waybill.storage.sql.FailureClassifier;
import waybill.storage.sql.StorageException;

/// Classifies failures by the result codes of SQLite.
public enum SqliteFailures implements FailureClassifier {
    SQLITE;

    /// Extended result codes carry their plain code in the low byte.
    private static final int PRIMARY_CODE = 0xff;

    /// The class of SQLSTATEs of violated constraints.
    private static final String CONSTRAINT_VIOLATION = "23";

    @Override
    public boolean isTransient(Throwable failure) {
        return switch (cause(failure)) {
            case SQLiteException sqlite ->
                switch (primaryCode(sqlite)) {
                    case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_ERROR ->
                        false;
                    default -> true; // an open list: what SQLite adds to it is a failure of the disk or the file
                };
            case SQLException other ->
                other.getSQLState() == null || !other.getSQLState().startsWith(CONSTRAINT_VIOLATION);
            default -> false;
        };
    }

    @Override
    public boolean isCorruption(Throwable failure) {
        return cause(failure) instanceof SQLiteException sqlite
                && switch (primaryCode(sqlite)) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
                    default -> false;
                };
    }

    /// Whether the disk has no space left.
    public static boolean isFull(SQLException failure) {
        return failure instanceof SQLiteException sqlite && primaryCode(sqlite) == SQLiteErrorCode.SQLITE_FULL;
    }

    @Override
    public String describe(Throwable failure) {
        if (cause(failure) instanceof SQLiteException sqlite) {
            return sqlite.getResultCode().name() + " (" + sqlite.getResultCode().message + ")";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static Throwable cause(Throwable failure) {
        var cause = failure.getCause();
        return failure instanceof StorageException && cause != null ? cause : failure;
    }

    private static SQLiteErrorCode primaryCode(SQLiteException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY_CODE);
    }
}
