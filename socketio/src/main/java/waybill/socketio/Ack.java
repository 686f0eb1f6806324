package waybill.socketio;

import org.jspecify.annotations.Nullable;

/// The answer that a client may have asked for.
public interface Ack {

    /// Whether the client waits for an answer.
    boolean isRequested();

    /// Answers. Does nothing where no answer was asked for, or one has been given. Safe from any thread.
    void send(@Nullable Object... args);
}
