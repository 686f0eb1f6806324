package waybill.socketio.readme;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import waybill.socketio.Config;
import waybill.socketio.SocketServer;

final class Chat {

    static SocketServer server() {
        var server = new SocketServer(Config.defaults());
        var chat = server.of("/chat");
        chat.use((socket, next) -> {
            if (socket.handshake().auth().get("name") instanceof String name) {
                socket.data(name);
                next.proceed();
            } else {
                next.reject("name missing", Map.of("code", "unauthenticated"));
            }
        });
        chat.onConnection(socket -> socket.join("lobby"));
        chat.on("say", (socket, args, ack) -> {
            socket.to("lobby").emit("said", socket.data(), args.string(0));
            ack.send(Map.of("ok", true));
        });
        return server;
    }

    public static void main(String[] args) {
        server().listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 3000));
    }
}
