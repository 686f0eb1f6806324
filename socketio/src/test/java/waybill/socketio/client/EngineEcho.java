package waybill.socketio.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineServer;
import waybill.socketio.netty.EngineSettings;
import waybill.socketio.netty.EngineSocket;

/// An Engine.IO server that gives every message back, and a cookie with each handshake.
final class EngineEcho implements AutoCloseable {

    private final EngineServer server = new EngineServer(
            EngineSettings.defaults().withPath("/engine.io/").withLoops(2).withCookie("io"), Echo::new);
    private final int port = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .getPort();

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.close(Duration.ZERO);
    }

    private record Echo(EngineSocket socket) implements EngineListener.MessageListener {

        @Override
        public void onText(String text) {
            socket.send("4", text, List.of(), FrameOptions.RELIABLE);
        }

        @Override
        public void onBinary(byte[] bytes) {
            socket.send(bytes);
        }

        @Override
        public void onClosed(CloseReason reason) {}
    }
}
