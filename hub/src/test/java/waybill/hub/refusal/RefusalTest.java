package waybill.hub.refusal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.journal.UnavailableException;
import waybill.order.Decision.Reason;

class RefusalTest {

    @Test
    void theCodesAreThoseThatClientsKnow() {
        assertThat(Stream.of(ErrorCode.values()).map(ErrorCode::wireName))
                .containsExactly(
                        "invalid",
                        "unauthenticated",
                        "forbidden",
                        "not_found",
                        "conflict",
                        "too_large",
                        "rate_limited",
                        "unavailable",
                        "unavailable");
    }

    @Test
    void aRejectedCommandNamesTheFieldAtFault() {
        assertThat(Refusal.of(Reason.WRONG_AMOUNT, "amount: 1")).isEqualTo(Refusal.invalid("amount", "amount: 1"));
        assertThat(Refusal.of(Reason.NOT_A_DRIVER, "driverId: ola"))
                .isEqualTo(Refusal.invalid("driverId", "driverId: ola"));
        assertThat(Refusal.of(Reason.CONFLICT, "taken").field()).isEmpty();
    }

    @Test
    void anUnavailableStoreIsWorthARetryAndAnErrorOfTheHubIsNot() {
        assertThat(Refusal.of(new UnavailableException("disk full", Duration.ofSeconds(1))))
                .isEqualTo(Refusal.unavailable("disk full", Duration.ofSeconds(1)));
        var internal = Refusal.of(new IllegalStateException("a secret"));
        assertThat(internal.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(internal.message()).isEqualTo("an error in the hub, which has been logged");
        assertThat(internal.retryAfter()).isZero();
    }

    @Test
    void theCauseOfAFailedFutureIsFound() {
        var cause = new IllegalStateException("broken");
        assertThat(Failures.cause(new CompletionException(cause))).isSameAs(cause);
        assertThat(Failures.cause(new ExecutionException(cause))).isSameAs(cause);
        assertThat(Failures.cause(cause)).isSameAs(cause);
    }
}
