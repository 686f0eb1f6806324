package waybill.server.rest.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.streams.ReadStream;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.blob.Blob;
import waybill.blob.BlobFailure;
import waybill.blob.BlobRejected;
import waybill.blob.BlobStore;
import waybill.hub.refusal.ErrorCode;
import waybill.hub.refusal.Failures;
import waybill.hub.refusal.Refusal;
import waybill.server.rest.contract.Problem;

/// Receives one file: its client sends the next piece when the last one is written, so that one piece is in memory.
/// The pieces are written one after the other on another thread than the event loop. Belongs to the event loop of
/// its connection.
final class UploadReceiver {

    private static final Logger LOG = LoggerFactory.getLogger(UploadReceiver.class);

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final BlobStore.Upload upload;
    private final ReadStream<Buffer> stream;
    private final Context loop;
    private final Executor executor;
    private final IntConsumer consumed;
    private final Promise<Blob> result = Promise.promise();
    private boolean isDemanded;
    private boolean isSourceEnded;
    private long events;
    private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);

    private UploadReceiver(
            BlobStore.Upload upload, ReadStream<Buffer> stream, Context loop, Executor executor, IntConsumer consumed) {
        this.upload = upload;
        this.stream = stream;
        this.loop = loop;
        this.executor = executor;
        this.consumed = consumed;
    }

    /// Receives the stream, which is paused. Fails with a [Problem] if the file is refused, is incomplete, or
    /// cannot be stored; nothing is left of it then.
    ///
    /// @param outcome of the request: when it fails, the upload is abandoned
    /// @param consumed is told of bytes that are not in memory any more
    static UploadReceiver receive(
            RoutingContext ctx,
            ReadStream<Buffer> stream,
            BlobStore.Upload upload,
            Executor executor,
            Future<?> outcome,
            IntConsumer consumed) {
        var receiver = new UploadReceiver(upload, stream, ctx.vertx().getOrCreateContext(), executor, consumed);
        stream.handler(receiver::append);
        stream.endHandler(_ -> receiver.complete());
        stream.exceptionHandler(receiver::fail);
        outcome.onFailure(receiver::fail);
        receiver.demand();
        return receiver;
    }

    Future<Blob> result() {
        return result.future();
    }

    /// The request has ended: of a file in a form, no more comes than what has come.
    void endSource() {
        isSourceEnded = true;
        requireMore();
    }

    private void demand() {
        isDemanded = true;
        stream.fetch(1);
        requireMore();
    }

    /// What has come is delivered before the next task of the loop. If nothing is, the form ends within the file.
    private void requireMore() {
        var before = events;
        if (isSourceEnded && isDemanded) {
            loop.runOnContext(_ -> {
                if (isDemanded && events == before) {
                    fail(Problem.invalid("body", "body: ends within the file (expected: a whole form)"));
                }
            });
        }
    }

    private void append(Buffer piece) {
        isDemanded = false;
        events++;
        if (result.future().isComplete()) {
            consumed.accept(piece.length());
            return; // the rest of a refused body
        }
        var bytes = piece.getBytes();
        written = written.thenRunAsync(
                () -> {
                    try {
                        upload.write(bytes, 0, bytes.length);
                    } catch (BlobRejected e) {
                        throw problem(e);
                    }
                },
                executor);
        written.whenComplete((_, thrown) -> loop.runOnContext(_ -> {
            consumed.accept(bytes.length);
            if (thrown == null) {
                demand();
            } else {
                fail(thrown);
            }
        }));
    }

    private void complete() {
        isDemanded = false;
        events++;
        if (result.future().isComplete()) {
            return;
        }
        written.thenApplyAsync(
                        _ -> {
                            try {
                                return upload.complete();
                            } catch (BlobRejected e) {
                                throw problem(e);
                            } finally {
                                upload.close();
                            }
                        },
                        executor)
                .whenComplete((blob, thrown) -> loop.runOnContext(_ -> {
                    if (thrown == null) {
                        result.tryComplete(blob);
                    } else {
                        fail(thrown);
                    }
                }));
    }

    /// Abandons the upload.
    private void fail(Throwable thrown) {
        var cause = Failures.cause(thrown);
        if (result.tryFail(cause instanceof BlobFailure failure ? unavailable(failure) : readable(cause))) {
            written.whenCompleteAsync((_, _) -> upload.close(), executor);
        }
    }

    static Throwable readable(Throwable cause) {
        return cause instanceof Problem || cause instanceof HttpClosedException
                ? cause
                : Problem.invalid("body", "body: cannot be read (expected: one complete image)");
    }

    static Problem unavailable(BlobFailure failure) {
        LOG.error("a file could not be stored or read; its sender was told to try again: {}", failure.getMessage());
        return Problem.unavailable("files: cannot be stored now (expected: storage that works)", RETRY_AFTER);
    }

    private static Problem problem(BlobRejected rejected) {
        return switch (rejected.reason()) {
            case TOO_LARGE ->
                Problem.of(Refusal.of(ErrorCode.TOO_LARGE, String.valueOf(rejected.getMessage()), "body"));
            case WRONG_TYPE, EMPTY -> Problem.invalid("body", String.valueOf(rejected.getMessage()));
        };
    }
}
