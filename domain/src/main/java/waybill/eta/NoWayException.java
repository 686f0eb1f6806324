package waybill.eta;

/// There is no way between two places, or one of them is not on the map: the answer of a provider that works.
public final class NoWayException extends RuntimeException {

    /// @param reason the words of the provider
    public NoWayException(String reason) {
        super("no way: " + reason, null, false, false);
    }
}
