package waybill.cli.attack;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import waybill.cli.orders.TestUser;

/// A hub under attack, and plain connections to it that need not follow the protocol.
record AttackTarget(URI url, Function<TestUser, String> tokens) {

    static final String STORE = "acme-widgets";

    private static final int TIMEOUT_MS = 10_000;

    /// Together some megabytes, more than one page holds.
    private static final int PARCELS = 50;

    private static final int PARCEL_CHARACTERS = 150_000;

    /// Places parcels that make pages and queues large, each with an address that is long.
    void fill() throws IOException {
        try (var socket = joined("/caps", TestUser.merchant("keeper", STORE))) {
            for (int i = 0; i < PARCELS; i++) {
                send(
                        socket,
                        ClientFrames.text(
                                "42/caps,%d[\"pickup\",{\"store\":\"%s\",\"orderId\":\"p%d\",\"address\":\"%s\"}]"
                                        .formatted(i, STORE, i, "a".repeat(PARCEL_CHARACTERS))));
                readUntil(socket.getInputStream(), "{\"ok\":true");
            }
        }
    }

    /// A connection from a local address that the hub treats as remote.
    Socket connect() throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.9"), 0));
        socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), TIMEOUT_MS);
        socket.setSoTimeout(TIMEOUT_MS);
        return socket;
    }

    /// A WebSocket that has received the open packet.
    Socket webSocket() throws IOException {
        var socket = connect();
        var key = Base64.getEncoder().encodeToString(new byte[16]);
        write(socket, """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r
                Host: localhost\r
                Connection: Upgrade\r
                Upgrade: websocket\r
                Sec-WebSocket-Version: 13\r
                Sec-WebSocket-Key: %s\r
                \r
                """.formatted(key));
        readUntil(socket.getInputStream(), "}");
        return socket;
    }

    /// A WebSocket that has joined `namespace` with a token of `party`.
    Socket joined(String namespace, TestUser party) throws IOException {
        var socket = webSocket();
        send(socket, ClientFrames.text("40" + namespace + ",{\"token\":\"" + tokens.apply(party) + "\"}"));
        readUntil(socket.getInputStream(), "40" + namespace);
        return socket;
    }

    static void write(Socket socket, String text) throws IOException {
        send(socket, text.getBytes(StandardCharsets.UTF_8));
    }

    static void send(Socket socket, byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    private static void readUntil(InputStream in, String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the hub has closed the connection");
            }
            read.append((char) next);
        }
    }
}
