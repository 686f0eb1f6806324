package waybill.hub.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import waybill.hub.refusal.Failures;
import waybill.journal.UnavailableException;

class BlockingReadsTest {

    private static final Executor FULL = _ -> {
        throw new RejectedExecutionException();
    };

    @Test
    void aReadHasAResult() {
        assertThat(BlockingReads.supply(Runnable::run, () -> 7)).isCompletedWithValue(7);
    }

    @Test
    void aReadThatIsRejectedIsUnavailableAndWorthARetry() {
        assertThat(BlockingReads.supply(FULL, () -> 7).exceptionNow())
                .isInstanceOf(UnavailableException.class)
                .hasMessage("too many reads wait (expected: fewer)");
        assertThat(BlockingReads.run(FULL, () -> {}).exceptionNow()).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aReadThatFailsHasItsCause() {
        var failed = BlockingReads.run(Runnable::run, () -> {
            throw new IllegalStateException("no such table");
        });
        assertThat(failed.handle((_, thrown) -> Failures.cause(thrown)).join())
                .isNotInstanceOf(CompletionException.class)
                .hasMessage("no such table");
    }
}
