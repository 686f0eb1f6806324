package waybill.server.rest.http;

import java.util.function.Function;
import waybill.journal.Sequences;

/// The response to a write, rendered once its transaction is committed and its events have their sequences.
///
/// @param isSuccess whether it is a response to a request that succeeded
public record WriteResponse(boolean isSuccess, Function<Sequences, ApiResponse> render) {

    /// A response to a request that succeeded.
    public static WriteResponse ofSuccess(Function<Sequences, ApiResponse> render) {
        return new WriteResponse(true, render);
    }

    /// A response without a sequence.
    public static WriteResponse of(ApiResponse response) {
        return new WriteResponse(response.isSuccess(), _ -> response);
    }
}
