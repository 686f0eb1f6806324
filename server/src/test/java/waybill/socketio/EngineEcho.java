package waybill.socketio;

import io.netty.channel.ChannelPipeline;
import java.util.List;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.engine.CloseReason;
import waybill.socketio.netty.EngineListener;
import waybill.socketio.netty.EngineServer;
import waybill.socketio.netty.EngineSocket;

/// An Engine.IO server that sends back what it receives, with an application's settings. It is in this package because
/// applications have no access to the server below Socket.IO.
public final class EngineEcho {

    private final EngineServer server;

    public EngineEcho(EngineConfig config) {
        server = new EngineServer(config.settings(), Echo::new);
    }

    public void attach(ChannelPipeline pipeline, String behind) {
        server.attach(pipeline, behind);
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
