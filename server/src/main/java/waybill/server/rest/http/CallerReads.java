package waybill.server.rest.http;

import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import waybill.hub.schedule.BlockingReads;
import waybill.hub.schedule.UserTurns;
import waybill.server.rest.contract.Problem;

/// Reads of callers, and the memory that their responses take. Those of one caller run one after the other.
/// Thread-safe.
final class CallerReads {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /// Reads that are with the blocking executor.
    private static final int READS_AT_ONCE_MAX = 64;

    /// Reads that wait for others of their caller. One more is answered `unavailable`.
    private static final int READS_WAITING_MAX = 256;

    private final Executor blockingExecutor;
    private final MemoryLimit responseMemory = MemoryLimit.ofResponses();
    private final UserTurns reads = new UserTurns(READS_AT_ONCE_MAX, 1, READS_WAITING_MAX);

    CallerReads(Executor blockingExecutor) {
        this.blockingExecutor = blockingExecutor;
    }

    /// What is read counts as long as its client has not read it.
    CompletionStage<Outgoing.Whole> readPage(RoutingContext ctx, String caller, Supplier<ApiResponse> read) {
        var lease = responseMemory.lease(caller);
        ctx.addEndHandler(_ -> lease.release());
        return read(caller, () -> {
            if (!lease.hasRoom()) {
                throw Problem.unavailable(
                        "responses: too many characters wait for their clients to read them (expected: fewer)",
                        RETRY_AFTER);
            }
            var reply = read.get();
            lease.hold(reply.body().length());
            return Outgoing.of(reply);
        });
    }

    /// Reads off the event loop; reads of callers without a token do not wait for each other.
    <T> CompletableFuture<T> read(String caller, Supplier<T> read) {
        if (caller.isEmpty()) {
            return BlockingReads.supply(blockingExecutor, read);
        }
        var result = new CompletableFuture<T>();
        if (!reads.await(caller, () -> startRead(caller, read, result))) {
            throw BlockingReads.tooMany();
        }
        return result;
    }

    private <T> void startRead(String caller, Supplier<T> read, CompletableFuture<T> result) {
        BlockingReads.supply(blockingExecutor, read).whenComplete((value, thrown) -> {
            if (thrown == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(thrown);
            }
            reads.end(caller);
        });
    }
}
