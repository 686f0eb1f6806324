package waybill.hub.refusal;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;

/// What made a future fail.
public final class Failures {

    private Failures() {}

    /// The cause that a future has wrapped, or `thrown` itself.
    public static Throwable cause(Throwable thrown) {
        return (thrown instanceof CompletionException || thrown instanceof ExecutionException)
                        && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
    }
}
