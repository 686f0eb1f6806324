package waybill.socketio.netty;

/// A request on an HTTP connection whose answer has not gone out yet. Answers go in the order of the requests,
/// whoever gives them.
sealed interface Turn permits Exchange, Turn.Theirs {

    /// A request for the handlers behind the gate.
    record Theirs() implements Turn {}
}
