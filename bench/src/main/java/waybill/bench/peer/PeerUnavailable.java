package waybill.bench.peer;

/// A server cannot be had on this machine, and its message says why. The table says so too, and the run goes on.
public final class PeerUnavailable extends Exception {

    public PeerUnavailable(String reason) {
        super(reason, null, false, false);
    }

    /// The reason, fit for a table.
    public String reason() {
        return String.valueOf(getMessage());
    }
}
