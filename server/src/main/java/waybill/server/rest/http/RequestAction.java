package waybill.server.rest.http;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import waybill.journal.Journal;

/// The action of a valid request.
public sealed interface RequestAction {

    /// The response is there already.
    record Immediate(ApiResponse response) implements RequestAction {}

    /// Reads from the disk, for which event loops must not wait.
    record Read(Supplier<ApiResponse> read) implements RequestAction {}

    /// Writes.
    ///
    /// @param reads what the task reads
    record Write(List<waybill.journal.Read> reads, Journal.Task<WriteResponse> task) implements RequestAction {}

    /// Reads, and then writes depending on the result.
    record ReadThenWrite(Supplier<Write> read) implements RequestAction {}

    /// Runs elsewhere and completes later.
    record Async(CompletionStage<ApiResponse> response) implements RequestAction {}

    /// A response that goes on until its client disconnects. The result writes it, on the event loop of the request.
    record Stream(CompletionStage<Consumer<RoutingContext>> response) implements RequestAction {}
    /// Receives a file, and acts on the request with it. A client may send a JSON value instead if the operation
    /// has one.
    ///
    /// @param check throws a [waybill.server.rest.contract.Problem] if the caller may not send one; it may read
    ///     from the disk
    /// @param bytesMax the largest file
    record Upload(Runnable check, long bytesMax, Handler then) implements RequestAction {}

    /// Sends a body that is not held in memory. What it begins with is read as by [Read].
    record Download(Supplier<StreamedResponse> read) implements RequestAction {}

    /// Parses a request, or throws its [Problem]. Runs on an event loop.
    @FunctionalInterface
    interface Handler {
        RequestAction handle(ApiRequest call);
    }
}
