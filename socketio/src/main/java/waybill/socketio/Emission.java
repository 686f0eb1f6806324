package waybill.socketio;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.room.Frame;

/// How something is said to one socket. Immutable.
public final class Emission {

    private final Socket socket;
    private final Frame.Options options;
    private final Duration timeout;

    Emission(Socket socket) {
        this(socket, Frame.Options.RELIABLE, Duration.ZERO);
    }

    private Emission(Socket socket, Frame.Options options, Duration timeout) {
        this.socket = socket;
        this.options = options;
        this.timeout = timeout;
    }

    /// Dropped if the client is not ready for it.
    public Emission volatile_() {
        return new Emission(socket, options.withKind(Frame.Kind.VOLATILE), timeout);
    }

    /// If the client is slow, the newest of this key replaces an older one that waits.
    public Emission latest(String key) {
        return new Emission(socket, options.withKey(key), timeout);
    }

    public Emission compress(boolean value) {
        return new Emission(socket, options.withCompress(value), timeout);
    }

    /// How long an ack is waited for.
    public Emission timeout(Duration value) {
        return new Emission(socket, options, value);
    }

    public void emit(String event, @Nullable Object... args) {
        socket.emit(options, event, args);
    }

    /// Emits and waits for the client's answer. Fails with an [AckException] when time runs out or the client leaves.
    public CompletionStage<Args> emitWithAck(String event, @Nullable Object... args) {
        return socket.ask(timeout, event, args);
    }
}
