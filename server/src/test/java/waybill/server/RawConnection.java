package waybill.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A WebSocket without a Socket.IO client.
final class RawConnection implements WebSocket.Listener {

    private static final long TIMEOUT_S = 60;

    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Integer> closed = new CompletableFuture<>();
    private final StringBuilder text = new StringBuilder();
    private final WebSocket socket;

    RawConnection(HttpClient http, InetSocketAddress address) throws Exception {
        var uri = URI.create("ws://127.0.0.1:" + address.getPort() + "/socket.io/?EIO=4&transport=websocket");
        socket = http.newWebSocketBuilder().buildAsync(uri, this).get(TIMEOUT_S, TimeUnit.SECONDS);
        assertThat(next()).startsWith("0{\"sid\":");
    }

    void send(String message) throws Exception {
        socket.sendText(message, true).get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    void send(byte[] message) throws Exception {
        socket.sendBinary(ByteBuffer.wrap(message), true).get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Nullable
    String next() throws InterruptedException {
        return received.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }

    int closed() throws Exception {
        return closed.get(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        text.append(part);
        if (last) {
            received.add(text.toString());
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed.complete(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed.completeExceptionally(error);
    }
}
