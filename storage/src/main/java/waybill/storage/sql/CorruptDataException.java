package waybill.storage.sql;

/// A file of the store holds what the hub cannot have written. An operator can mend that, a client cannot.
public final class CorruptDataException extends IllegalStateException {

    public static final String ADVICE =
            "Stop the hub, move the data directory aside and restore a backup (docs/deployment.md); keep the damaged"
                    + " files, sqlite3's .recover may save what the backup lacks";

    public CorruptDataException(String what, Throwable cause) {
        super("waybill.db is damaged: " + what, cause);
    }
}
