package waybill.socketio;

import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketParser;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineSocket;
import waybill.socketio.packet.PacketCodec;
import waybill.socketio.packet.StandardParser;

/// The sockets that share one Engine.IO connection, one for each namespace. Belongs to the connection's event
/// loop.
///
/// A packet for a namespace that the client has not joined closes the connection, unless the client could not
/// know yet that it was rejected or disconnected.
final class Connection implements EngineListener.MessageListener {

    private static final String ENGINE_MESSAGE = "4";

    private final SocketServer server;
    private final EngineSocket engine;
    private final PacketParser.PacketStreamDecoder decoder;
    private final List<Socket> sockets = new ArrayList<>(1);
    private @Nullable Set<String> formerNamespaces; // namespaces that were left or that rejected the client
    private @Nullable Set<String> requestedNamespaces; // namespaces of which it is not known yet whether they exist
    private int unknown; // how often an unknown namespace was requested
    private @Nullable ScheduledFuture<?> joinTimeout;
    private volatile @Nullable String publicId; // made when first asked for

    Connection(SocketServer server, EngineSocket engine) {
        this.server = server;
        this.engine = engine;
        engine.requireJoin();
        this.decoder = server.config().parser().decoder(server.packetLimits(), this::acceptsAttachmentsFor);
        this.joinTimeout = engine.loop()
                .schedule(this::checkJoined, server.config().connectTimeout().toMillis(), TimeUnit.MILLISECONDS);
    }

    String newRecoverySecret() {
        return server.newId();
    }

    /// A name that may be shown, unlike that of the engine. From any thread.
    String publicId() {
        var known = publicId;
        return known != null ? known : newPublicId();
    }

    private synchronized String newPublicId() {
        var known = publicId;
        if (known == null) {
            known = server.newId();
            publicId = known;
        }
        return known;
    }

    EngineSocket engine() {
        return engine;
    }

    private void checkJoined() {
        if (sockets.stream().noneMatch(Socket::connected)) {
            engine.expire();
        }
    }

    @Override
    public void onText(String text) {
        try {
            var packet = decoder.decodeText(text);
            if (packet != null) {
                handle(packet);
            }
        } catch (ProtocolException e) {
            engine.fail(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void onBinary(byte[] bytes) {
        try {
            var packet = decoder.decodeBinary(bytes);
            if (packet != null) {
                handle(packet);
            }
        } catch (ProtocolException e) {
            engine.fail(String.valueOf(e.getMessage()));
        }
    }

    /// Whether attachments are gathered for a namespace: only where the client has joined.
    private boolean acceptsAttachmentsFor(String namespace) throws ProtocolException {
        var socket = requireSocket(namespace);
        if (socket != null && socket.connected()) {
            return true;
        }
        requireKnown(socket, namespace);
        return false;
    }

    /// A client that was disconnected from a namespace, or rejected by it, could not know that yet when it sent
    /// the packet.
    private void requireKnown(@Nullable Socket socket, String namespace) throws ProtocolException {
        if (socket != null || formerNamespaces == null || !formerNamespaces.contains(namespace)) {
            throw new ProtocolException("packet for a namespace not joined: " + namespace);
        }
    }

    private void handle(Packet packet) throws ProtocolException {
        if (packet instanceof Packet.Connect(var name, String auth)) {
            connect(name, auth);
            return;
        }
        var socket = requireSocket(packet.namespace());
        if (socket == null || !socket.connected()) {
            requireKnown(socket, packet.namespace());
            return;
        }
        switch (packet) {
            case Packet.Event event -> socket.onEvent(event);
            case Packet.AckPacket ack -> socket.onAck(ack);
            case Packet.Disconnect _ -> socket.closed(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
            case Packet.Connect _, Packet.ConnectError _ ->
                throw new ProtocolException("packet type that only a server sends");
        }
    }

    private @Nullable Socket requireSocket(String namespace) {
        for (int i = 0; i < sockets.size(); i++) {
            if (sockets.get(i).namespace().name().equals(namespace)) {
                return sockets.get(i);
            }
        }
        return null;
    }

    private void connect(String name, @Nullable String auth) throws ProtocolException {
        if (requireSocket(name) != null || (requestedNamespaces != null && requestedNamespaces.contains(name))) {
            throw new ProtocolException("namespace joined twice: " + name);
        }
        int most = server.config().namespacesMax();
        if (sockets.size() + size(formerNamespaces) + size(requestedNamespaces) + unknown >= most) {
            throw new ProtocolException("namespaces: too many (expected: at most " + most + ")");
        }
        var handshake =
                new Handshake(engine.request(), auth, server.config().clock().millis());
        var namespace = server.enterNamespace(name);
        if (namespace != null) {
            startHandshake(namespace, handshake);
            return;
        }
        if (requestedNamespaces == null) {
            requestedNamespaces = new HashSet<>(2);
        }
        requestedNamespaces.add(name);
        server.enterDynamicNamespace(name, handshake, engine, entered -> onNamespaceResolved(name, entered, handshake));
    }

    private void onNamespaceResolved(String name, Optional<Namespace> entered, Handshake handshake) {
        if (requestedNamespaces != null) {
            requestedNamespaces.remove(name);
        }
        if (entered.isPresent()) {
            startHandshake(entered.get(), handshake);
        } else {
            unknown++;
            send(new Packet.ConnectError(name, "{\"message\":\"Invalid namespace\"}"), FrameOptions.RELIABLE);
        }
    }

    private void startHandshake(Namespace namespace, Handshake handshake) {
        var namespaceHandshake = new NamespaceHandshake(server.newId(), this, namespace, handshake);
        sockets.add(namespaceHandshake.start());
    }

    private static int size(@Nullable Set<String> names) {
        return names == null ? 0 : names.size();
    }

    /// The socket was admitted.
    void onJoined() {
        engine.markJoined();
        if (joinTimeout != null) {
            joinTimeout.cancel(false);
            joinTimeout = null;
        }
    }

    /// The socket was rejected, disconnected, or closed with the connection.
    void removeSocket(Socket socket) {
        if (sockets.remove(socket)) {
            if (formerNamespaces == null) {
                formerNamespaces = new HashSet<>(2);
            }
            formerNamespaces.add(socket.namespace().name());
            server.leaveNamespace(socket.namespace(), engine.loop());
        }
    }

    void send(Packet packet, FrameOptions options) {
        var parser = server.config().parser();
        if (!parser.equals(StandardParser.INSTANCE)) {
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
    public void onClosed(CloseReason reason) {
        onJoined();
        for (var socket : List.copyOf(sockets)) {
            socket.closed(DisconnectReason.of(reason));
        }
    }
}
