package waybill.socketio;

/// An argument that a client sent is not what the application asked for. A handler may let it pass: the event is not
/// handled further, and the connection goes on.
public final class ArgumentException extends IllegalArgumentException {

    private static final long serialVersionUID = 1;

    ArgumentException(String message) {
        super(message);
    }

    /// Costs no stack trace: the mistake is on the far side of the wire.
    @Override
    public Throwable fillInStackTrace() {
        return this;
    }
}
