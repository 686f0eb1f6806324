package waybill.storage.sql;

import java.sql.SQLException;

/// The database failed. What the failure means is known to a [FailureClassifier].
public final class StorageException extends RuntimeException {

    public StorageException(SQLException cause) {
        super(cause.getMessage(), cause);
    }
}
