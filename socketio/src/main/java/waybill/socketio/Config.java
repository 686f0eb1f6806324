package waybill.socketio;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Recovery;
import waybill.socketio.netty.EngineConfig;

/// What can be set of a [SocketServer]. Immutable; each `with` gives a changed copy.
///
/// @param engine what the transports do: path, heartbeat, sizes, origins
/// @param connectTimeout how long a connection may stay without joining a namespace
/// @param attachmentsMax how many binary attachments a packet may have
/// @param roomsMax how many rooms a socket may be in
/// @param unansweredMax how many acks a socket may owe; another packet that asks for one is not sent
/// @param recovery connection state recovery, off where absent
/// @param adapter how namespaces reach other nodes
public record Config(
        EngineConfig engine,
        Duration connectTimeout,
        int attachmentsMax,
        int roomsMax,
        int unansweredMax,
        @Nullable Recovery recovery,
        Adapter.Factory adapter) {

    private static final int ATTACHMENTS_MAX = 10;
    private static final int ROOMS_MAX = 500;
    private static final int UNANSWERED_MAX = 10_000;

    public static Config defaults() {
        return new Config(
                EngineConfig.defaults(),
                Duration.ofSeconds(45),
                ATTACHMENTS_MAX,
                ROOMS_MAX,
                UNANSWERED_MAX,
                null,
                (_, local) -> local);
    }

    /// Changes what the transports do: `config.withEngine(engine -> engine.withPingInterval(…))`.
    public Config withEngine(UnaryOperator<EngineConfig> change) {
        return new Config(
                change.apply(engine), connectTimeout, attachmentsMax, roomsMax, unansweredMax, recovery, adapter);
    }

    public Config withConnectTimeout(Duration value) {
        return new Config(engine, value, attachmentsMax, roomsMax, unansweredMax, recovery, adapter);
    }

    public Config withAttachmentsMax(int value) {
        return new Config(engine, connectTimeout, value, roomsMax, unansweredMax, recovery, adapter);
    }

    public Config withRoomsMax(int value) {
        return new Config(engine, connectTimeout, attachmentsMax, value, unansweredMax, recovery, adapter);
    }

    public Config withUnansweredMax(int value) {
        return new Config(engine, connectTimeout, attachmentsMax, roomsMax, value, recovery, adapter);
    }

    public Config withRecovery(Recovery value) {
        return new Config(engine, connectTimeout, attachmentsMax, roomsMax, unansweredMax, value, adapter);
    }

    public Config withAdapter(Adapter.Factory value) {
        return new Config(engine, connectTimeout, attachmentsMax, roomsMax, unansweredMax, recovery, value);
    }
}
