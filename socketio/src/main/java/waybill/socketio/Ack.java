package waybill.socketio;

import org.jspecify.annotations.Nullable;

/// The ack that a client may have requested.
public interface Ack {

    /// Whether the client waits for an answer.
    boolean isRequested();

    /// Sends the ack. Does nothing where none was requested, or one has been sent. Safe from any thread.
    void send(@Nullable Object... args);
}
