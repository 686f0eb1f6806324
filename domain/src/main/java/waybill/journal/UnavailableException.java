package waybill.journal;

import java.time.Duration;

/// The store could not read or write now. Nothing was acknowledged; retry later.
public final class UnavailableException extends RuntimeException {

    private final Duration retryAfter;

    public UnavailableException(String message, Duration retryAfter) {
        super(message, null, false, false); // expected under load, so it must stay cheap
        this.retryAfter = retryAfter;
    }

    public Duration retryAfter() {
        return retryAfter;
    }
}
