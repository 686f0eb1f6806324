package waybill.server.simulation;

/// Something that must never happen has happened.
final class InvariantViolation extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvariantViolation(String message) {
        super(message);
    }
}
