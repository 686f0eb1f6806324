package waybill.server.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import waybill.concurrent.Threads;

/// Sends requests to the servers of others: over HTTP, or to those of a simulation. Thread-safe.
public interface WebhookTransport extends AutoCloseable {

    /// Opens one.
    @FunctionalInterface
    interface Factory {
        WebhookTransport open(WebhookConfig config, Threads threads, InstantSource clock);

        /// Over the network of this machine.
        static Factory ofMachine() {
            return HttpWebhookTransport::open;
        }
    }

    /// A POST.
    record Request(URI url, Map<String, String> headers, String body) {}

    /// What came of a request.
    sealed interface Answer {

        /// The response of the server.
        ///
        /// @param retryAfterOrNone what its header `Retry-After` says
        record Response(int status, @Nullable Duration retryAfterOrNone) implements Answer {

            public Optional<Duration> retryAfter() {
                return Optional.ofNullable(retryAfterOrNone);
            }
        }

        /// The request failed.
        ///
        /// @param reason fit to be shown to the operator
        record NoResponse(String reason) implements Answer {}
    }

    /// Never blocks, follows no redirect, and completes within a limit of its own.
    CompletableFuture<Answer> post(Request request);

    @Override
    void close();
}
