package waybill.hub.refusal;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import waybill.journal.UnavailableException;
import waybill.order.Decision.Reason;

/// Why a request is refused.
///
/// @param fieldOrNone the field at fault
/// @param retryAfter the time to retry; zero if there is none
public record Refusal(
        ErrorCode code, String message, @Nullable String fieldOrNone, Duration retryAfter) {

    public static Refusal of(ErrorCode code, String message) {
        return new Refusal(code, message, null, Duration.ZERO);
    }

    public static Refusal of(ErrorCode code, String message, @Nullable String fieldOrNone) {
        return new Refusal(code, message, fieldOrNone, Duration.ZERO);
    }

    public static Refusal invalid(String field, String message) {
        return of(ErrorCode.INVALID, message, field);
    }

    public static Refusal forbidden(String message) {
        return of(ErrorCode.FORBIDDEN, message);
    }

    public static Refusal notFound(String message) {
        return of(ErrorCode.NOT_FOUND, message);
    }

    public static Refusal rateLimited(String message, Duration retryAfter) {
        return new Refusal(ErrorCode.RATE_LIMITED, message, null, retryAfter);
    }

    /// Too many of the events or requests that `what` names.
    public static Refusal tooMany(String what, long retryAfterMs) {
        return rateLimited(what + ": too many (expected: none for a while)", Duration.ofMillis(retryAfterMs));
    }

    public static Refusal unavailable(String message, Duration retryAfter) {
        return new Refusal(ErrorCode.UNAVAILABLE, message, null, retryAfter);
    }

    /// The refusal of an order command.
    public static Refusal of(Reason reason, String message) {
        return switch (reason) {
            case NOT_FOUND -> notFound(message);
            case CONFLICT -> of(ErrorCode.CONFLICT, message);
            case FORBIDDEN -> forbidden(message);
            case WRONG_AMOUNT -> invalid("amount", message);
            case WRONG_CODE -> invalid("code", message);
            case WRONG_PIN -> invalid("pin", message);
            case NOT_A_DRIVER -> invalid("driverId", message);
            case AMBIGUOUS -> invalid("clientId", message);
        };
    }

    /// The refusal of a request that failed with `cause`, as [Failures#cause] returns it. Any failure but an
    /// [UnavailableException] is an error of the hub, which the caller logs.
    public static Refusal of(Throwable cause) {
        return cause instanceof UnavailableException unavailable
                ? unavailable(String.valueOf(unavailable.getMessage()), unavailable.retryAfter())
                : of(ErrorCode.INTERNAL, "an error in the hub, which has been logged");
    }

    public Optional<String> field() {
        return Optional.ofNullable(fieldOrNone);
    }

    public Refusal withField(@Nullable String value) {
        return new Refusal(code, message, value, retryAfter);
    }
}
