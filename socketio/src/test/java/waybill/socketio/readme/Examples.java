package waybill.socketio.readme;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http.HttpServerCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import waybill.socketio.Args;
import waybill.socketio.Config;
import waybill.socketio.Namespace;
import waybill.socketio.Origins;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;
import waybill.socketio.adapter.RecoveryConfig;

/// What stands between `// <name>` and `// </name>` is an example of the README.
final class Examples {

    private Examples() {}

    static Config config() {
        // <config>
        var config = Config.defaults()
                .withRoomsMax(100)
                .withRecovery(RecoveryConfig.defaults())
                .withEngine(engine -> engine.withPath("/socket.io/")
                        .withPingInterval(Duration.ofSeconds(10))
                        .withMaxHttpBufferSize(100_000)
                        .withOrigins(Origins.of(Set.of("https://app.example"))));
        // </config>
        return config;
    }

    static CompletionStage<String> ask(Socket socket) {
        // <ask>
        var answer = socket.timeout(Duration.ofSeconds(5))
                .emitWithAck("ready?", 7)
                .thenApply(args -> args.string(0))
                .exceptionally(late -> "no answer: " + late.getMessage());
        // </ask>
        return answer.thenApply(String::valueOf);
    }

    static CompletionStage<Integer> askAll(Namespace namespace) {
        // <ask-all>
        var answers = namespace.to("drivers").timeout(Duration.ofSeconds(5)).emitWithAck("free?");
        var howMany =
                answers.thenApply(all -> all.stream().filter(Examples::isYes).count());
        // </ask-all>
        return howMany.thenApply(Long::intValue);
    }

    private static boolean isYes(Args args) {
        return Boolean.TRUE.equals(args.value(0));
    }

    static void positions(Namespace namespace) {
        // <latest>
        namespace.on(
                "position",
                (socket, args, _) -> namespace
                        .to("watchers")
                        .latest("position:" + socket.id())
                        .emit("position", socket.id(), args.value(0)));
        // </latest>
    }

    record Item(String name, int count) {}

    record Order(UUID id, List<Item> items) {}

    static void orders(Namespace namespace) {
        // <records>
        namespace.on("order", (socket, args, ack) -> {
            var order = args.as(0, Order.class);
            ack.send(order == null ? Map.of("ok", false) : Map.of("ok", true, "items", order.items()));
        });
        // </records>
    }

    static void blocking(Namespace namespace, Supplier<Object> slowQuery) {
        // <blocking>
        namespace.on("report", (_, _, ack) -> Thread.startVirtualThread(() -> ack.send(slowQuery.get())));
        // </blocking>
    }

    static ChannelHandler pipeline(SocketServer sockets, Supplier<ChannelHandler> yourHandler) {
        // <attach>
        var initializer = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
                channel.pipeline().addLast("http", new HttpServerCodec()).addLast("yours", yourHandler.get());
                sockets.attach(channel.pipeline(), "http");
            }
        };
        // </attach>
        return initializer;
    }
}
