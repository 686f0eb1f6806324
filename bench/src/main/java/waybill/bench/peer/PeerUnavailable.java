package waybill.bench.peer;

/// A server is not available on this machine, for the reason in the message. The table shows the reason, and the run
/// continues.
public final class PeerUnavailable extends Exception {

    public PeerUnavailable(String reason) {
        super(reason, null, false, false);
    }

    /// The reason, fit for a table.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
