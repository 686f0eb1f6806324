package waybill.socketio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.SocketDetails;

/// Emits to many sockets at once. Each method begins from [#all] and narrows it down.
public interface Broadcaster {

    /// A broadcast to all sockets that this emits to.
    Broadcast all();

    /// To the members of these rooms; a socket's id is a room of its own.
    default Broadcast to(String... rooms) {
        return all().to(rooms);
    }

    /// The same as [#to].
    default Broadcast in(String... rooms) {
        return all().to(rooms);
    }

    default Broadcast except(String... rooms) {
        return all().except(rooms);
    }

    /// On this node only.
    default Broadcast local() {
        return all().local();
    }

    /// Dropped for sockets that are not ready for it.
    default Broadcast volatile_() {
        return all().volatile_();
    }

    /// For slow sockets, the newest of this key replaces an older one in the outbox.
    default Broadcast latest(String key) {
        return all().latest(key);
    }

    default Broadcast compress(boolean value) {
        return all().compress(value);
    }

    /// How long acks are waited for.
    default Broadcast timeout(Duration value) {
        return all().timeout(value);
    }

    default void emit(String event, @Nullable Object... args) {
        all().emit(event, args);
    }

    /// Emits the event `message`.
    default void send(@Nullable Object... args) {
        emit(EventNames.MESSAGE, args);
    }

    /// Emits and gathers the answers of all receivers.
    default CompletionStage<List<Args>> emitWithAck(String event, @Nullable Object... args) {
        return all().emitWithAck(event, args);
    }

    default CompletionStage<List<SocketDetails>> fetchSockets() {
        return all().fetchSockets();
    }

    default void socketsJoin(String... rooms) {
        all().socketsJoin(rooms);
    }

    default void socketsLeave(String... rooms) {
        all().socketsLeave(rooms);
    }

    /// Disconnects them from the namespace, or closes their connections.
    default void disconnectSockets(boolean close) {
        all().disconnectSockets(close);
    }
}
