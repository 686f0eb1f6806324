package waybill.journal;

import java.time.Duration;

/// The world failed: what was asked could not be kept or read now. Nothing was acknowledged; ask again later.
public final class UnavailableException extends RuntimeException {

    private final Duration retryAfter;

    public UnavailableException(String message, Duration retryAfter) {
        super(message, null, false, false); // expected under load, so it must stay cheap
        this.retryAfter = retryAfter;
    }

    /// When it may be worth asking again.
    public Duration retryAfter() {
        return retryAfter;
    }
}
