package waybill.socketio.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The far end of one TCP connection: sends any bytes at all, and receives the two things a server answers
/// with, HTTP responses and WebSocket frames. Waits for an answer as long as [#TIMEOUT_MS] and then fails.
public final class RawClient implements AutoCloseable {

    public static final int TIMEOUT_MS = Integer.getInteger("wire.patienceMs", 20_000);

    public static final int CONTINUATION = 0x0;
    public static final int TEXT = 0x1;
    static final int BINARY = 0x2;
    static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final byte[] MASK = {0x12, 0x34, 0x56, 0x78};

    /// An HTTP response, its header names in lower case.
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record Response(int status, Map<String, String> headers, byte[] bytes) {
        public String body() {
            return new String(bytes, UTF_8);
        }
    }

    /// One frame; `opcode` without the flags, `compressed` from the first reserved bit.
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    public record ReceivedFrame(int opcode, boolean compressed, byte[] bytes) {
        public String text() {
            return new String(bytes, UTF_8);
        }

        /// The status code of a close frame.
        public int code() {
            return bytes.length < 2 ? 1005 : ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        }
    }

    private final Socket socket;
    private final ServerBytes received;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.received = new ServerBytes(new BufferedInputStream(socket.getInputStream()));
    }

    public static RawClient connect(InetSocketAddress address) {
        try {
            var socket = new Socket();
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(TIMEOUT_MS);
            socket.connect(address, TIMEOUT_MS);
            return new RawClient(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Dials a port of this machine.
    public static RawClient connect(int port) {
        return connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    }

    /// Connects, opens a WebSocket, and expects to be accepted.
    public static RawClient openWebSocket(int port, String target, String... headers) {
        var peer = connect(port);
        var response = peer.upgrade(target, headers);
        if (response.status() != 101) {
            throw new AssertionError("WebSocket: " + response.status() + " " + response.body() + " (expected: 101)");
        }
        return peer;
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void write(String latin) {
        write(latin.getBytes(ISO_8859_1));
    }

    public void sendRequest(String method, String target, String body, String... headers) {
        var bytes = body.getBytes(UTF_8);
        var length = method.equals("GET") ? "" : "Content-Length: " + bytes.length + "\r\n";
        var head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines(headers) + length + "\r\n";
        var whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(ISO_8859_1));
        whole.writeBytes(bytes);
        write(whole.toByteArray());
    }

    public Response get(String target, String... headers) {
        sendRequest("GET", target, "", headers);
        return readResponse();
    }

    public Response post(String target, String body, String... headers) {
        sendRequest("POST", target, body, headers);
        return readResponse();
    }

    public Response upgrade(String target, String... headers) {
        var all = new ArrayList<>(List.of(
                "Connection: Upgrade",
                "Upgrade: websocket",
                "Sec-WebSocket-Version: 13",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=="));
        all.addAll(List.of(headers));
        return get(target, all.toArray(String[]::new));
    }

    private static String lines(String... headers) {
        return headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
    }

    public void sendText(String text) {
        sendFrame(FIN | TEXT, text.getBytes(UTF_8), true);
    }

    public void sendBinary(byte[] bytes) {
        sendFrame(FIN | BINARY, bytes, true);
    }

    public void sendPing(String text) {
        sendFrame(FIN | PING, text.getBytes(UTF_8), true);
    }

    /// A part of a message: the first has the opcode of the whole, the others [#CONTINUATION].
    public void sendFragment(int opcode, boolean last, byte[] bytes) {
        sendFrame(opcode | (last ? FIN : 0), bytes, true);
    }

    /// A frame with any first byte.
    public void sendFrame(int first, byte[] payload, boolean masked) {
        var out = new ByteArrayOutputStream();
        out.write(first);
        int mask = masked ? MASKED : 0;
        if (payload.length < 126) {
            out.write(mask | payload.length);
        } else if (payload.length < 65_536) {
            out.write(mask | 126);
            out.write(payload.length >>> 8);
            out.write(payload.length);
        } else {
            out.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                out.write((int) ((long) payload.length >>> shift));
            }
        }
        if (masked) {
            out.writeBytes(MASK);
        }
        for (int i = 0; i < payload.length; i++) {
            out.write(masked ? payload[i] ^ MASK[i & 3] : payload[i]);
        }
        write(out.toByteArray());
    }

    public Response readResponse() {
        try {
            return received.readResponse();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ReceivedFrame readFrame() {
        try {
            return received.readFrame();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Waits until the server has closed the connection; the code of its close frame, 1006 where there was none.
    /// Other frames that were on the way are passed over.
    public int readCloseCode() {
        int code = 1006;
        try {
            while (true) {
                var frame = readFrame();
                if (frame.opcode() == CLOSE) {
                    code = frame.code();
                    sendFrame(FIN | CLOSE, frame.bytes(), true);
                }
            }
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof EOFException || e.getCause() instanceof SocketException) {
                return code;
            }
            throw e;
        }
    }

    /// Waits for the end of an HTTP connection. Anything but the end fails.
    public void awaitEnd() {
        try {
            int b = received.in().read();
            if (b >= 0) {
                throw new AssertionError("connection: received '" + (char) b + "' (expected: its end)");
            }
        } catch (SocketException _) {
            // reset: an end too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Goes away without a word, so that the server sees a reset.
    public void reset() {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
