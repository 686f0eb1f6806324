package waybill.socketio.local;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.Ticker;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.socketio.adapter.AckSink;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.BroadcastOptions;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SavedSession;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.adapter.Target;
import waybill.socketio.packet.PacketCodec;
import waybill.socketio.packet.StandardParser;
import waybill.socketio.room.Frame;
import waybill.socketio.room.Member;
import waybill.socketio.room.Rooms;

/// The sockets of this node.
///
/// A packet is encoded once, whatever the number of its receivers. With recovery on, a packet is stored and
/// handed to the event loops under one lock, so that the order in which it is stored is the order in which it
/// arrives.
public final class LocalAdapter implements Adapter {

    private static final Logger LOG = LoggerFactory.getLogger(LocalAdapter.class);

    private static final String ENGINE_MESSAGE = "4";

    private final ByteBufAllocator allocator;
    private final Rooms rooms;
    private final @Nullable RecoveryConfig recovery;
    private final Ticker ticker;
    private final Object lock = new Object();
    private final RecoveryLog log;
    private final AtomicLong ackIds = new AtomicLong();
    private final PacketParser parser;
    private final LocalNamespace namespace;

    /// `epoch` distinguishes the offsets of this process from those of any other; `recovery` may be left out.
    public LocalAdapter(ByteBufAllocator allocator, @Nullable RecoveryConfig recovery, String epoch, Ticker ticker) {
        this(allocator, recovery, epoch, ticker, StandardParser.INSTANCE, LocalNamespace.NO_HANDLERS);
    }

    /// The same, for clients that use another parser and an application with handlers for outgoing events.
    public LocalAdapter(
            ByteBufAllocator allocator,
            @Nullable RecoveryConfig recovery,
            String epoch,
            Ticker ticker,
            PacketParser parser,
            LocalNamespace namespace) {
        this.parser = parser;
        this.namespace = namespace;
        this.allocator = allocator;
        this.rooms = new Rooms(allocator);
        this.recovery = recovery;
        this.ticker = ticker;
        this.log = new RecoveryLog(recovery == null ? RecoveryConfig.defaults() : recovery, epoch);
    }

    private long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(ticker.nanoTime());
    }

    /// The sockets of this node by room.
    public Rooms rooms() {
        return rooms;
    }

    @Override
    public void broadcast(Packet.Event packet, BroadcastOptions delivery) {
        if (namespace.hasOutgoingHandlers()) {
            rooms.forEach(delivery.target(), member -> socketOf(member).onSent(packet));
        }
        if (!storesPackets() || delivery.options().kind() != FrameKind.RELIABLE) {
            rooms.broadcast(delivery.target(), frame(packet, delivery), storesPackets());
            return;
        }
        synchronized (lock) {
            var stored = log.append(packet, delivery.target(), nowMs());
            rooms.broadcast(delivery.target(), frame(stored, delivery), true);
        }
    }

    private Frame frame(Packet.Event packet, BroadcastOptions delivery) {
        if (!parser.equals(StandardParser.INSTANCE)) {
            var messages = parser.encode(packet);
            var head = messages.text().isEmpty() ? "" : ENGINE_MESSAGE;
            return Frame.of(allocator, head, messages.text(), messages.binary(), delivery.options());
        }
        return Frame.of(
                allocator,
                ENGINE_MESSAGE + PacketCodec.head(packet),
                packet.data().json(),
                packet.attachments(),
                delivery.options());
    }

    @Override
    public long nextAckId() {
        return ackIds.getAndIncrement() & Packet.ACK_ID_MAX;
    }

    @Override
    public void broadcastWithAck(Packet.Event packet, BroadcastOptions delivery, AckSink answers) {
        if (namespace.hasOutgoingHandlers()) {
            rooms.forEach(delivery.target(), member -> socketOf(member).onSent(packet));
        }
        if (!storesPackets()) {
            emitWithAck(packet, 0, delivery.target(), answers);
            return;
        }
        synchronized (lock) {
            emitWithAck(
                    packet, log.appendWithAck(packet, delivery.target(), answers, nowMs()), delivery.target(), answers);
        }
    }

    private void emitWithAck(Packet.Event packet, long number, Target target, AckSink answers) {
        rooms.gather(
                        target,
                        member -> {
                            socketOf(member).emitWithAck(packet, number, answers);
                            return member;
                        },
                        storesPackets())
                .thenAccept(asked -> answers.expectAcks(asked.size()));
    }

    @Override
    public CompletionStage<List<SocketDetails>> fetchSockets(Target target, boolean local) {
        return rooms.gather(target, member -> socketOf(member).details(), false);
    }

    @Override
    public CompletionStage<Set<String>> allRooms(boolean local) {
        return rooms.names();
    }

    @Override
    public void socketsJoin(Target target, Set<String> names, boolean local) {
        rooms.forEach(target, member -> joinIfAllowed(socketOf(member), names));
    }

    /// One socket that is in too many rooms keeps no other from joining.
    private static void joinIfAllowed(LocalSocket socket, Set<String> names) {
        try {
            socket.join(names);
        } catch (IllegalStateException e) {
            LOG.warn("a socket did not join: {}", e.getMessage());
        }
    }

    @Override
    public void socketsLeave(Target target, Set<String> names, boolean local) {
        rooms.forEach(target, member -> socketOf(member).leave(names));
    }

    @Override
    public void disconnectSockets(Target target, boolean close, boolean local) {
        rooms.forEach(target, member -> socketOf(member).disconnect(close));
    }

    private static LocalSocket socketOf(Member member) {
        return (LocalSocket) member.socket();
    }

    @Override
    public boolean supportsRecovery() {
        return recovery != null;
    }

    @Override
    public boolean storesPackets() {
        return recovery != null && recovery.storesPackets();
    }

    @Override
    public long recoveryOffset() {
        synchronized (lock) {
            return log.lastSequence();
        }
    }

    @Override
    public void persistSession(SavedSession session) {
        synchronized (lock) {
            log.persist(session, nowMs());
        }
    }

    /// Packets stored until now have their tasks on the loop already; later ones have them behind this one.
    @Override
    public void restoreSession(String pid, String offset, Executor loop, Consumer<Optional<RestoredSession>> restored) {
        synchronized (lock) {
            var found = log.restore(pid, offset, nowMs());
            loop.execute(() -> restored.accept(found));
        }
    }

    @Override
    public void handleServerSide(Packet.Event packet, Consumer<Packet.AckPacket> reply) {
        namespace.handleServerSide(packet, reply);
    }

    @Override
    public void close() {
        synchronized (lock) {
            log.clear();
        }
    }
}
