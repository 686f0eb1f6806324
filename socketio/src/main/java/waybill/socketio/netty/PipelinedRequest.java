package waybill.socketio.netty;

/// A request on an HTTP connection whose response has not been written yet. Responses are written in the order of
/// the requests, whichever handler they come from.
sealed interface PipelinedRequest permits HttpExchange, PipelinedRequest.ForwardedRequest {

    /// A request for the handlers behind the engine's.
    record ForwardedRequest() implements PipelinedRequest {}
}
