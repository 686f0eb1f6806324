package waybill.socketio;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;

/// How an event is sent to one socket. Immutable.
public final class SocketEmitter {

    private final Socket socket;
    private final FrameOptions options;
    private final Duration timeout;

    SocketEmitter(Socket socket) {
        this(socket, FrameOptions.RELIABLE, Duration.ZERO);
    }

    private SocketEmitter(Socket socket, FrameOptions options, Duration timeout) {
        this.socket = socket;
        this.options = options;
        this.timeout = timeout;
    }

    /// Dropped if the client is not ready for it.
    public SocketEmitter volatile_() {
        return new SocketEmitter(socket, options.withKind(FrameKind.VOLATILE), timeout);
    }

    /// If the client is slow, the newest of this key replaces an older one that waits.
    public SocketEmitter latest(String key) {
        return new SocketEmitter(socket, options.withKey(key), timeout);
    }

    public SocketEmitter compress(boolean value) {
        return new SocketEmitter(socket, options.withCompress(value), timeout);
    }

    /// How long an ack is waited for.
    public SocketEmitter timeout(Duration value) {
        return new SocketEmitter(socket, options, value);
    }

    public void emit(String event, @Nullable Object... args) {
        socket.emit(options, event, args);
    }

    /// Emits and waits for the client's answer. Fails with an [AckException] when time runs out or the client
    /// leaves.
    public CompletionStage<Args> emitWithAck(String event, @Nullable Object... args) {
        return socket.emitWithTimeout(timeout, event, args);
    }
}
