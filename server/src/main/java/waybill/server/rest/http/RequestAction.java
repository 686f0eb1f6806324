package waybill.server.rest.http;

import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import waybill.journal.Journal;

/// What there is to do for a request that was understood.
public sealed interface RequestAction {

    /// Nothing more: here is the answer.
    record Immediate(ApiResponse response) implements RequestAction {}

    /// Something is read from the disk, which event loops must not wait for.
    record Read(Supplier<ApiResponse> read) implements RequestAction {}

    /// Something is written. The answer is part of the transaction, so that it can be kept with it.
    record Write(Journal.Task<ApiResponse> task) implements RequestAction {}

    /// Something is read, and then something is written that depends on it.
    record ReadThenWrite(Supplier<Journal.Task<ApiResponse>> read) implements RequestAction {}

    /// Somebody else does it and says when it is done.
    record Async(CompletionStage<ApiResponse> response) implements RequestAction {}

    /// Understands a request, or throws the [Problem] that it has. Runs on an event loop.
    @FunctionalInterface
    interface Handler {
        RequestAction handle(ApiRequest call);
    }
}
