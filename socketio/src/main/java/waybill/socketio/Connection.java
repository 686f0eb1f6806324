package waybill.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineSocket;
import waybill.socketio.packet.Packet;
import waybill.socketio.packet.PacketCodec;
import waybill.socketio.packet.PacketDecoder;
import waybill.socketio.packet.ProtocolException;
import waybill.socketio.room.Frame;

/// The sockets that share one Engine.IO connection, one for each namespace. Belongs to the connection's event loop.
///
/// A packet for a namespace that the client has not been let into closes the connection, unless the client could not
/// know yet that it was refused or put out.
final class Connection implements EngineListener.Receiver {

    /// Namespaces that one connection may join; a client that asks for more is cut off.
    private static final int NAMESPACES_MAX = 100;

    private static final String ENGINE_MESSAGE = "4";

    private final SocketServer server;
    private final EngineSocket engine;
    private final PacketDecoder decoder;
    private final List<Socket> sockets = new ArrayList<>(1);
    private @Nullable Set<String> formerly; // namespaces that were left or refused
    private @Nullable ScheduledFuture<?> patience;

    Connection(SocketServer server, EngineSocket engine) {
        this.server = server;
        this.engine = engine;
        this.decoder = new PacketDecoder(server.config().attachmentsMax());
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
            engine.close(CloseReason.FORCED_CLOSE);
        }
    }

    @Override
    public void text(String text) {
        try {
            var packet = decoder.text(text);
            if (packet != null) {
                take(packet);
            }
        } catch (ProtocolException _) {
            engine.close(CloseReason.PARSE_ERROR);
        }
    }

    @Override
    public void binary(byte[] bytes) {
        try {
            var packet = decoder.binary(bytes);
            if (packet != null) {
                take(packet);
            }
        } catch (ProtocolException _) {
            engine.close(CloseReason.PARSE_ERROR);
        }
    }

    private void take(Packet packet) throws ProtocolException {
        if (packet instanceof Packet.Connect(var name, String auth)) {
            connect(name, auth);
            return;
        }
        var socket = socket(packet.namespace());
        if (socket == null || !socket.connected()) {
            if (socket != null || formerly == null || !formerly.contains(packet.namespace())) {
                throw new ProtocolException("packet for a namespace not joined: " + packet.namespace());
            }
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
        if (socket(name) != null) {
            throw new ProtocolException("namespace joined twice: " + name);
        }
        if (sockets.size() + (formerly == null ? 0 : formerly.size()) >= NAMESPACES_MAX) {
            throw new ProtocolException("namespaces: too many (expected: at most " + NAMESPACES_MAX + ")");
        }
        var namespace = server.enter(name);
        if (namespace == null) {
            send(new Packet.ConnectError(name, "{\"message\":\"Invalid namespace\"}"), Frame.Options.RELIABLE);
            return;
        }
        var handshake = new Handshake(engine.request(), auth);
        var entrance = new Entrance(server.newId(), this, namespace, handshake);
        sockets.add(entrance.begin());
    }

    /// The socket was let in.
    void joined() {
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
            server.leave(socket.namespace());
        }
    }

    void send(Packet packet, Frame.Options options) {
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
