package waybill.server.live;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import waybill.order.OrderId;

/// A client that watches an order over a line with hardly any room on its side, and reads only when a test says so.
final class SlowViewer implements AutoCloseable {

    private static final int ROOM_BYTES = 4_096;
    private static final int TIMEOUT_MS = 60_000;
    private static final String SEEN = "[\"driver:location_update\"";

    private final Socket socket;
    private final DataInputStream in;

    private SlowViewer(Socket socket) throws IOException {
        this.socket = socket;
        in = new DataInputStream(socket.getInputStream());
    }

    static SlowViewer connect(InetSocketAddress address, String token, OrderId order) {
        try {
            var socket = new Socket();
            socket.setReceiveBufferSize(ROOM_BYTES);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(address);
            var viewer = new SlowViewer(socket);
            viewer.upgrade(address);
            viewer.send("40/realtime,{\"token\":\"" + token + "\"}");
            viewer.await("\"connected\"");
            viewer.send("42/realtime,7[\"subscribe:order\",{\"orderId\":\"" + order + "\"}]");
            viewer.await("43/realtime,7");
            return viewer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void upgrade(InetSocketAddress address) throws IOException {
        var request = "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost:" + address.getPort()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        if (!head.toString().startsWith("HTTP/1.1 101")) {
            throw new AssertionError(head);
        }
    }

    private void await(String part) throws IOException {
        while (!frame().contains(part)) {
            // what comes before is of no interest
        }
    }

    /// Reads until something contains that part, and returns how many positions were seen by then.
    int readUntil(String part) {
        try {
            for (var seen = 0; ; ) {
                var text = frame();
                seen += text.contains(SEEN) ? 1 : 0;
                if (text.contains(part)) {
                    return seen;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String frame() throws IOException {
        in.readUnsignedByte();
        var length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        }
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /// In a frame masked with zeros, which change nothing.
    private void send(String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        if (bytes.length < 126) {
            frame.write(0x80 | bytes.length);
        } else {
            frame.write(0x80 | 126);
            frame.write(bytes.length >> 8);
            frame.write(bytes.length);
        }
        frame.writeBytes(new byte[4]);
        frame.writeBytes(bytes);
        socket.getOutputStream().write(frame.toByteArray());
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
