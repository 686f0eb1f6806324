package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketServerCompressionHandler;
import org.junit.jupiter.api.Test;

class EngineServerAttachTest {

    private final EngineServer server = new EngineServer(EngineSettings.defaults(), _ -> {
        throw new AssertionError("no connection is opened here");
    });

    @Test
    void attachingBehindACompressionHandlerIsRejected() {
        var channel = channel(new WebSocketServerCompressionHandler(0));
        assertThatIllegalStateException()
                .isThrownBy(() -> server.attach(channel.pipeline(), "other"))
                .withMessageContaining("WebSocketServerCompressionHandler")
                .withMessageContaining("withPerMessageDeflate");
        assertThat(channel.pipeline().get("engine")).isNull();
    }

    @Test
    void attachingBehindAnExpectContinueHandlerIsRejected() {
        var channel = channel(new HttpServerExpectContinueHandler());
        assertThatIllegalStateException()
                .isThrownBy(() -> server.attach(channel.pipeline(), "other"))
                .withMessageContaining("HttpServerExpectContinueHandler");
    }

    @Test
    void handlersBehindTheEngineAreNotChecked() {
        var channel = channel(new WebSocketServerCompressionHandler(0));
        server.attach(channel.pipeline(), "codec");
        assertThat(channel.pipeline().get("engine")).isNotNull();
        channel.close();
    }

    private static EmbeddedChannel channel(ChannelHandler other) {
        var channel = new EmbeddedChannel();
        channel.pipeline().addLast("codec", new HttpServerCodec()).addLast("other", other);
        return channel;
    }
}
