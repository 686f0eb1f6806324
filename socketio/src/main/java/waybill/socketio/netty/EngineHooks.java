package waybill.socketio.netty;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What an application takes part in while connections begin and end.
///
/// @param allowRequest called for every handshake; a text rejects it
/// @param initialHeaders adds headers to the answer to a handshake
/// @param headers adds headers to every answer
/// @param onConnectionError called for rejected requests and broken connections
/// @param generateId makes the ids of sessions; null for the server's own
record EngineHooks(
        Function<OpeningRequest, ? extends CompletionStage<Optional<String>>> allowRequest,
        @Nullable BiConsumer<Map<String, String>, OpeningRequest> initialHeaders,
        @Nullable BiConsumer<Map<String, String>, OpeningRequest> headers,
        Consumer<ReportedError> onConnectionError,
        @Nullable Supplier<String> generateId) {

    private static final CompletableFuture<Optional<String>> ALLOWED =
            CompletableFuture.completedFuture(Optional.empty());

    static EngineHooks none() {
        return new EngineHooks(_ -> ALLOWED, null, null, _ -> {}, null);
    }

    /// The headers of the application for an answer, `initial` where it is the one to a handshake.
    Map<String, String> headersFor(OpeningRequest request, boolean initial) {
        if (headers == null && (initialHeaders == null || !initial)) {
            return Map.of();
        }
        var added = new LinkedHashMap<String, String>();
        if (initial && initialHeaders != null) {
            initialHeaders.accept(added, request);
        }
        if (headers != null) {
            headers.accept(added, request);
        }
        return added;
    }

    EngineHooks withAllowRequest(Function<OpeningRequest, ? extends CompletionStage<Optional<String>>> value) {
        return new EngineHooks(value, initialHeaders, headers, onConnectionError, generateId);
    }

    EngineHooks withInitialHeaders(BiConsumer<Map<String, String>, OpeningRequest> value) {
        return new EngineHooks(allowRequest, value, headers, onConnectionError, generateId);
    }

    EngineHooks withHeaders(BiConsumer<Map<String, String>, OpeningRequest> value) {
        return new EngineHooks(allowRequest, initialHeaders, value, onConnectionError, generateId);
    }

    EngineHooks andOnConnectionError(Consumer<ReportedError> value) {
        return new EngineHooks(allowRequest, initialHeaders, headers, onConnectionError.andThen(value), generateId);
    }

    EngineHooks withGenerateId(Supplier<String> value) {
        return new EngineHooks(allowRequest, initialHeaders, headers, onConnectionError, value);
    }
}
