package waybill.blob;

/// An upload that is refused because of its content. Stackless, since it is an error of the sender.
public final class BlobRejected extends Exception {

    /// Why an upload is refused.
    public enum Reason {
        TOO_LARGE,
        WRONG_TYPE,
        EMPTY
    }

    private final Reason reason;

    public BlobRejected(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
