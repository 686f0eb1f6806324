package waybill.bucket;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import waybill.blob.BlobFailure;

/// Whether a service answers. After a request that it did not answer in time, or answered with an error of its own,
/// the others fail at once for a moment, so that not every thread waits for it. Safe from any thread.
final class Outage {

    private static final int SERVER_ERROR = 500;

    private static final int MESSAGE_MAX = 300;

    private final String service;
    private final Duration pause;
    private final LongSupplier elapsedMs;

    /// The last failure, until a request succeeds.
    private volatile @Nullable Failure failure;

    private record Failure(String message, long pausedUntilMs) {}

    Outage(String service, Duration pause, LongSupplier elapsedMs) {
        this.service = service;
        this.pause = pause;
        this.elapsedMs = elapsedMs;
    }

    /// Sends a request, unless one has failed just now.
    <T> T call(String what, Supplier<T> request) {
        requireNone();
        return send(what, request);
    }

    /// Sends a request also in a pause, which ends when it succeeds.
    <T> T probe(Supplier<T> request) {
        return send("list", request);
    }

    private <T> T send(String what, Supplier<T> request) {
        try {
            var result = request.get();
            failure = null;
            return result;
        } catch (AwsServiceException e) {
            throw answered(what, e);
        } catch (SdkException e) {
            throw paused(what, e, String.valueOf(e.getMessage()));
        }
    }

    private BlobFailure answered(String what, AwsServiceException e) {
        var details = e.awsErrorDetails();
        var code = details == null || details.errorCode() == null ? "" : " " + details.errorCode();
        var text = details == null || details.errorMessage() == null ? "" : ": " + details.errorMessage();
        var message = "status " + e.statusCode() + code + text;
        return e.statusCode() >= SERVER_ERROR ? paused(what, e, message) : failure(what, e, message);
    }

    private BlobFailure paused(String what, Throwable cause, String message) {
        var result = failure(what, cause, message);
        failure = new Failure(String.valueOf(result.getMessage()), elapsedMs.getAsLong() + pause.toMillis());
        return result;
    }

    private BlobFailure failure(String what, Throwable cause, String message) {
        var text = message.length() > MESSAGE_MAX ? message.substring(0, MESSAGE_MAX) + "…" : message;
        return new BlobFailure(service + ": cannot " + what + " files: " + text, cause);
    }

    /// Fails in a pause.
    void requireNone() {
        var last = failure;
        if (last != null && elapsedMs.getAsLong() < last.pausedUntilMs()) {
            throw new BlobFailure(last.message() + " (it is tried again in a moment)");
        }
    }

    boolean isUnreachable() {
        return failure != null;
    }
}
