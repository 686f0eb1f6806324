package waybill.storage;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The database failed. Says whether the fault lies with the world (a full disk, a broken one, a locked
/// file), which may pass by itself, or with what was asked of it.
final class StorageException extends RuntimeException {

    StorageException(SQLException cause) {
        super(cause.getMessage(), cause);
    }

    boolean isTheWorlds() {
        if (!(getCause() instanceof SQLiteException failure)) {
            return true;
        }
        return switch (SQLiteErrorCode.getErrorCode(failure.getResultCode().code & PRIMARY_CODE)) {
            case SQLITE_CONSTRAINT, SQLITE_TOOBIG, SQLITE_MISMATCH, SQLITE_RANGE, SQLITE_MISUSE, SQLITE_ERROR -> false;
            default -> true; // an open list: what SQLite adds to it is the world's
        };
    }

    /// Extended result codes carry their plain code in the low byte.
    private static final int PRIMARY_CODE = 0xff;
}
