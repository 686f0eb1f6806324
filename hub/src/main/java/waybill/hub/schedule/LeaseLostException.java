package waybill.hub.schedule;

/// A transaction has changed nothing, because another node runs its task by now.
public final class LeaseLostException extends RuntimeException {

    LeaseLostException(String task) {
        super("another node runs the task '" + task + "' by now", null, false, false); // expected after a pause
    }
}
