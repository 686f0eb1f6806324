package waybill.socketio.netty;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import java.net.InetSocketAddress;

/// The channels of a server that listens by itself, and the check of pipelines that the engine joins.
final class EnginePipeline {

    /// The longest request line, and all headers of a request together: a token of 16 KB fits.
    private static final int HEAD_BYTES_MAX = 20 * 1024;

    private static final int BACKLOG = 4096;

    private static final int READ_BYTES_MAX = 4096;

    /// How much is read at once from a connection before the others of its event loop have their turn, so that a
    /// client that floods does not delay them. The same for all connections, because the state for a better guess
    /// costs more than it saves.
    static final RecvByteBufAllocator READS = new FixedRecvByteBufAllocator(READ_BYTES_MAX).maxMessagesPerRead(1);

    private EnginePipeline() {}

    static Channel bind(EngineServer server, EventLoopGroup loops, InetSocketAddress address) {
        return new ServerBootstrap()
                .group(loops)
                .channel(Epoll.isAvailable() ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        var codec = new HttpServerCodec(new HttpDecoderConfig()
                                .setMaxInitialLineLength(HEAD_BYTES_MAX)
                                .setMaxHeaderSize(HEAD_BYTES_MAX));
                        channel.pipeline().addLast(codec, new EngineHttpHandler(server), new NotFoundHandler());
                    }
                })
                .bind(address)
                .syncUninterruptibly()
                .channel();
    }

    /// Throws where a handler up to `behind` answers for the engine.
    static void requireNoConflict(ChannelPipeline pipeline, String behind) {
        for (var entry : pipeline) {
            if (entry.getValue() instanceof WebSocketServerExtensionHandler
                    || entry.getValue() instanceof HttpServerExpectContinueHandler) {
                throw new IllegalStateException("pipeline: " + entry.getKey() + ", a "
                        + entry.getValue().getClass().getSimpleName()
                        + ", is in front of the engine (expected: none; the engine negotiates permessage-deflate"
                        + " itself, with withPerMessageDeflate, and answers Expect: 100-continue)");
            }
            if (entry.getKey().equals(behind)) {
                break;
            }
        }
    }
}
