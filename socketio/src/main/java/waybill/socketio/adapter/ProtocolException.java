package waybill.socketio.adapter;

/// The peer broke the protocol. Costs no stack trace, because the fault is on the far side of the wire and bad input
/// must stay cheap.
public final class ProtocolException extends Exception {

    public ProtocolException(String message) {
        super(message, null, false, false);
    }
}
