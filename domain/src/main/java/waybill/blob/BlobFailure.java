package waybill.blob;

/// The place where files are stored failed: a full disk, or a service that does not answer. The message is for the
/// operator.
public final class BlobFailure extends RuntimeException {

    public BlobFailure(String message, Throwable cause) {
        super(message, cause);
    }

    public BlobFailure(String message) {
        super(message);
    }
}
