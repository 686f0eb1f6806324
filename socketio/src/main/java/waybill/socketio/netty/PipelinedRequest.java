package waybill.socketio.netty;

/// A request on an HTTP connection whose answer has not gone out yet. Answers go in the order of the requests,
/// whoever gives them.
sealed interface PipelinedRequest permits HttpExchange, PipelinedRequest.ForwardedRequest {

    /// A request for the handlers behind the gate.
    record ForwardedRequest() implements PipelinedRequest {}
}
