package waybill.server.rest;

import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.order.Unavailable;

/// How requests are answered: what reads the disk runs on the readers, and comes back to the request's event loop.
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final Executor readers;

    Answers(Executor readers) {
        this.readers = readers;
    }

    /// A question in two steps: the request is understood on its event loop, which gives what to read; that is read
    /// elsewhere, and gives the JSON to answer with.
    Handler<RoutingContext> reading(Function<RoutingContext, Supplier<String>> question) {
        return ctx -> {
            var read = question.apply(ctx);
            var loop = ctx.vertx().getOrCreateContext();
            try {
                readers.execute(() -> {
                    var answer = answerOf(read);
                    loop.runOnContext(_ -> answer.handle(ctx));
                });
            } catch (RejectedExecutionException _) {
                throw Problem.unavailable("too many reads wait (expected: fewer)", Duration.ofSeconds(1));
            }
        };
    }

    private static Handler<RoutingContext> answerOf(Supplier<String> read) {
        try {
            var json = read.get();
            return ctx -> json(ctx, json);
        } catch (RuntimeException e) {
            return ctx -> failed(ctx, e);
        }
    }

    static void json(RoutingContext ctx, String json) {
        ctx.response().putHeader("content-type", "application/json").end(json);
    }

    static void failed(RoutingContext ctx, Throwable cause) {
        problem(cause).answer(ctx);
    }

    private static Problem problem(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof Unavailable unavailable) {
            return Problem.unavailable(String.valueOf(unavailable.getMessage()), unavailable.retryAfter());
        }
        LOG.error("a request could not be handled", cause);
        return Problem.bug();
    }
}
