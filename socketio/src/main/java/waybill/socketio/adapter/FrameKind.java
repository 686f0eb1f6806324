package waybill.socketio.adapter;

/// How a message is to be treated where a socket is slow.
public enum FrameKind {
    /// Every message counts.
    RELIABLE,
    /// Dropped where the socket is not ready for it.
    VOLATILE,
    /// The newest of its key replaces older ones that wait.
    LATEST
}
