package waybill.socketio;

import java.time.Duration;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.netty.EngineSettings;
import waybill.socketio.packet.MsgpackParser;
import waybill.socketio.packet.StandardParser;

/// What can be set of a [SocketServer]. Immutable; each `with` gives a changed copy.
public final class Config {

    private static final int ROOMS_MAX = 500;
    private static final int PENDING_ACKS_MAX = 10_000;
    private static final int NAMESPACES_MAX = 100;

    private EngineConfig engine = EngineConfig.defaults();
    private Duration connectTimeout = Duration.ofSeconds(45);
    private UnaryOperator<PacketLimits> packetLimits = limits -> limits;
    private int roomsMax = ROOMS_MAX;
    private int pendingAcksMax = PENDING_ACKS_MAX;
    private int namespacesMax = NAMESPACES_MAX;
    private @Nullable RecoveryConfig recovery;
    private Adapter.Factory adapter = (_, local) -> local;
    private PacketParser parser = StandardParser.INSTANCE;
    private InstantSource clock = InstantSource.system();

    private Config() {}

    private Config(Config from) {
        engine = from.engine;
        connectTimeout = from.connectTimeout;
        packetLimits = from.packetLimits;
        roomsMax = from.roomsMax;
        pendingAcksMax = from.pendingAcksMax;
        namespacesMax = from.namespacesMax;
        recovery = from.recovery;
        adapter = from.adapter;
        parser = from.parser;
        clock = from.clock;
    }

    public static Config defaults() {
        return new Config();
    }

    private interface Change {
        void apply(Config config);
    }

    private Config with(Change change) {
        var changed = new Config(this);
        change.apply(changed);
        return changed;
    }

    /// Changes what the transports do: `config.withEngine(engine -> engine.withPingInterval(…))`.
    public Config withEngine(UnaryOperator<EngineConfig> change) {
        var changed = change.apply(engine);
        return with(c -> c.engine = changed);
    }

    /// How long a connection may stay without joining a namespace; 45 s by default.
    public Config withConnectTimeout(Duration value) {
        return with(c -> c.connectTimeout = value);
    }

    /// Changes how much one packet may bring: `config.withPacketLimits(limits -> limits.withDepthMax(16))`. Where
    /// it is not set, a packet with its attachments may be as large as a message of the transport.
    public Config withPacketLimits(UnaryOperator<PacketLimits> change) {
        var before = packetLimits;
        return with(c -> c.packetLimits = limits -> change.apply(before.apply(limits)));
    }

    /// How many binary attachments a packet of the client may have; 10 by default.
    public Config withAttachmentsMax(int value) {
        return withPacketLimits(limits -> limits.withAttachmentsMax(value));
    }

    /// How many rooms a socket may be in; 500 by default.
    public Config withRoomsMax(int value) {
        return with(c -> c.roomsMax = value);
    }

    /// How many acks of a socket may be pending; 10,000 by default. Another packet that wants one is not sent.
    public Config withPendingAcksMax(int value) {
        return with(c -> c.pendingAcksMax = value);
    }

    /// How many namespaces one connection may ask for; 100 by default.
    public Config withNamespacesMax(int value) {
        return with(c -> c.namespacesMax = value);
    }

    /// Connection state recovery; off by default.
    public Config withRecovery(RecoveryConfig value) {
        return with(c -> c.recovery = value);
    }

    /// How namespaces reach other nodes.
    public Config withAdapter(Adapter.Factory value) {
        return with(c -> c.adapter = value);
    }

    /// How packets are written and read; clients must use the same parser.
    public Config withParser(PacketParser value) {
        return with(c -> c.parser = value);
    }

    /// The clock by which handshakes are dated.
    public Config withClock(InstantSource value) {
        return with(c -> c.clock = value);
    }

    /// For clients that use `socket.io-msgpack-parser`.
    public Config withMsgpackParser() {
        return withParser(new MsgpackParser());
    }

    EngineSettings engine() {
        return engine.settings();
    }

    public Duration connectTimeout() {
        return connectTimeout;
    }

    public PacketLimits packetLimits() {
        return packetLimits.apply(PacketLimits.defaults().withBytesMax(engine().maxHttpBufferSize()));
    }

    public int roomsMax() {
        return roomsMax;
    }

    public int pendingAcksMax() {
        return pendingAcksMax;
    }

    public int namespacesMax() {
        return namespacesMax;
    }

    public @Nullable RecoveryConfig recovery() {
        return recovery;
    }

    public Adapter.Factory adapter() {
        return adapter;
    }

    public PacketParser parser() {
        return parser;
    }

    public InstantSource clock() {
        return clock;
    }
}
