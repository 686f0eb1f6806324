package waybill.storage.sql;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The database failed. Says whether the fault lies with the world (a full disk, a broken one, a locked
/// file), which may pass by itself, or with what was asked of it.
public final class StorageException extends RuntimeException {

    /// Extended result codes carry their plain code in the low byte.
    private static final int PRIMARY_CODE = 0xff;

    public StorageException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    public boolean isTransient() {
        if (!(getCause() instanceof SQLiteException failure)) {
            return true;
        }
        return switch (primaryCode(failure)) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_ERROR -> false;
            default -> true; // an open list: what SQLite adds to it is the world's
        };
    }

    /// What the database found in its file is nothing that it has written.
    public static boolean isCorruption(Throwable failure) {
        return sqliteCause(failure) instanceof SQLiteException cause
                && switch (primaryCode(cause)) {
                    case SQLITE_CORRUPT, SQLITE_NOTADB -> true;
                    default -> false;
                };
    }

    /// What went wrong, without the paths and values that the database's own message may hold: clients are told this.
    public static String describe(Throwable failure) {
        if (sqliteCause(failure) instanceof SQLiteException cause) {
            return cause.getResultCode().name() + " (" + cause.getResultCode().message + ")";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static Throwable sqliteCause(Throwable failure) {
        var cause = failure.getCause();
        return failure instanceof StorageException && cause != null ? cause : failure;
    }

    private static SQLiteErrorCode primaryCode(SQLiteException failure) {
        return SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY_CODE);
    }
}
