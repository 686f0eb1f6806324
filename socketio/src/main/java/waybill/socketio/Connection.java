package waybill.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineSocket;
import waybill.socketio.packet.Packet;
import waybill.socketio.packet.PacketCodec;
import waybill.socketio.packet.PacketParser;
import waybill.socketio.packet.ProtocolException;
import waybill.socketio.room.Frame;

/// The sockets that share one Engine.IO connection, one for each namespace. Belongs to the connection's event loop.
///
/// A packet for a namespace that the client has not been let into closes the connection, unless the client could not
/// know yet that it was refused or put out.
final class Connection implements EngineListener.Receiver {

    private static final String ENGINE_MESSAGE = "4";

    private final SocketServer server;
    private final EngineSocket engine;
    private final PacketParser.Decoder decoder;
    private final List<Socket> sockets = new ArrayList<>(1);
    private @Nullable Set<String> formerly; // namespaces that were left or refused
    private @Nullable Set<String> asked; // namespaces of which it is not known yet whether they are there
    private int unknown; // how often a namespace was asked for that is not there
    private @Nullable ScheduledFuture<?> patience;

    Connection(SocketServer server, EngineSocket engine) {
        this.server = server;
        this.engine = engine;
        engine.awaitJoin();
        this.decoder = server.config().parser().decoder(server.packetLimits(), this::gathers);
        this.patience = engine.loop()
                .schedule(
                        this::lookForNamespace, server.config().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    String newSecret() {
        return server.newId();
    }

    EngineSocket engine() {
        return engine;
    }

    private void lookForNamespace() {
        if (sockets.stream().noneMatch(Socket::connected)) {
            engine.expire();
        }
    }

    @Override
    public void text(String text) {
        try {
            var packet = decoder.text(text);
            if (packet != null) {
                take(packet);
            }
        } catch (ProtocolException e) {
            engine.fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void binary(byte[] bytes) {
        try {
            var packet = decoder.binary(bytes);
            if (packet != null) {
                take(packet);
            }
        } catch (ProtocolException e) {
            engine.fail(String.valueOf(e.getMessage()));
        }
    }

    /// Whether attachments are gathered for a namespace: only where the client has been let in.
    private boolean gathers(String namespace) throws ProtocolException {
        var socket = socket(namespace);
        if (socket != null && socket.connected()) {
            return true;
        }
        requireFormer(socket, namespace);
        return false;
    }

    /// A client that has left a namespace, or was refused by it, could not know that yet when it spoke.
    private void requireFormer(@Nullable Socket socket, String namespace) throws ProtocolException {
        if (socket != null || formerly == null || !formerly.contains(namespace)) {
            throw new ProtocolException("packet for a namespace not joined: " + namespace);
        }
    }

    private void take(Packet packet) throws ProtocolException {
        if (packet instanceof Packet.Connect(var name, String auth)) {
            connect(name, auth);
            return;
        }
        var socket = socket(packet.namespace());
        if (socket == null || !socket.connected()) {
            requireFormer(socket, packet.namespace());
            return;
        }
        switch (packet) {
            case Packet.Event event -> socket.heard(event);
            case Packet.Ack ack -> socket.answered(ack);
            case Packet.Disconnect _ -> socket.over(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
            case Packet.Connect _, Packet.ConnectError _ ->
                throw new ProtocolException("packet type that only a server sends");
        }
    }

    private @Nullable Socket socket(String namespace) {
        for (int i = 0; i < sockets.size(); i++) {
            if (sockets.get(i).namespace().name().equals(namespace)) {
                return sockets.get(i);
            }
        }
        return null;
    }

    private void connect(String name, @Nullable String auth) throws ProtocolException {
        if (socket(name) != null || (asked != null && asked.contains(name))) {
            throw new ProtocolException("namespace joined twice: " + name);
        }
        int most = server.config().namespacesMax();
        if (sockets.size() + size(formerly) + size(asked) + unknown >= most) {
            throw new ProtocolException("namespaces: too many (expected: at most " + most + ")");
        }
        var handshake =
                new Handshake(engine.request(), auth, server.config().clock().millis());
        var namespace = server.enter(name);
        if (namespace != null) {
            begin(namespace, handshake);
            return;
        }
        if (asked == null) {
            asked = new HashSet<>(2);
        }
        asked.add(name);
        server.enterDynamic(name, handshake, engine, entered -> found(name, entered, handshake));
    }

    private void found(String name, Optional<Namespace> entered, Handshake handshake) {
        if (asked != null) {
            asked.remove(name);
        }
        if (entered.isPresent()) {
            begin(entered.get(), handshake);
        } else {
            unknown++;
            send(new Packet.ConnectError(name, "{\"message\":\"Invalid namespace\"}"), Frame.Options.RELIABLE);
        }
    }

    private void begin(Namespace namespace, Handshake handshake) {
        var entrance = new Entrance(server.newId(), this, namespace, handshake);
        sockets.add(entrance.begin());
    }

    private static int size(@Nullable Set<String> names) {
        return names == null ? 0 : names.size();
    }

    /// The socket was let in.
    void joined() {
        engine.joined();
        if (patience != null) {
            patience.cancel(false);
            patience = null;
        }
    }

    /// The socket is out: refused, disconnected, or gone with the connection.
    void forget(Socket socket) {
        if (sockets.remove(socket)) {
            if (formerly == null) {
                formerly = new HashSet<>(2);
            }
            formerly.add(socket.namespace().name());
            server.leave(socket.namespace(), engine.loop());
        }
    }

    void send(Packet packet, Frame.Options options) {
        var parser = server.config().parser();
        if (!parser.equals(PacketParser.STANDARD)) {
            var messages = parser.encode(packet);
            var head = messages.text().isEmpty() ? "" : ENGINE_MESSAGE;
            engine.send(head, messages.text(), messages.binary(), options);
            return;
        }
        engine.send(
                ENGINE_MESSAGE + PacketCodec.head(packet),
                PacketCodec.data(packet),
                PacketCodec.attachments(packet),
                options);
    }

    @Override
    public void closed(CloseReason reason) {
        joined();
        for (var socket : List.copyOf(sockets)) {
            socket.over(DisconnectReason.of(reason));
        }
    }
}
