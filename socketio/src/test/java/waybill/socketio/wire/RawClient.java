package waybill.socketio.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The far end of one TCP connection: sends any bytes at all, and parses the two things a server answers with,
/// HTTP responses and WebSocket frames. Waits for an answer as long as [#TIMEOUT_MS] and then fails.
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
    private final InputStream in;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
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

    /// The next response.
    public Response readResponse() {
        try {
            var status = Integer.parseInt(readLine().split(" ", -1)[1]);
            var headers = new HashMap<String, String>();
            for (var line = readLine(); !line.isEmpty(); line = readLine()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            return new Response(status, headers, readBody(status, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] readBody(int status, Map<String, String> headers) throws IOException {
        if (status == 101 || status == 204 || status == 100) {
            return new byte[0];
        }
        if ("chunked".equals(headers.get("transfer-encoding"))) {
            var all = new ByteArrayOutputStream();
            for (int size = Integer.parseInt(readLine(), 16); size > 0; size = Integer.parseInt(readLine(), 16)) {
                all.writeBytes(readExactly(size));
                readLine();
            }
            readLine();
            return all.toByteArray();
        }
        var length = headers.get("content-length");
        return length == null ? in.readAllBytes() : readExactly(Integer.parseInt(length));
    }

    private String readLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = readByte(); b != '\n'; b = readByte()) {
            line.write(b);
        }
        return line.toString(ISO_8859_1).strip();
    }

    /// The next frame that is no answer to a ping.
    public ReceivedFrame readFrame() {
        try {
            int first = readByte();
            int length = readByte();
            if (length == 126) {
                length = readByte() << 8 | readByte();
            } else if (length == 127) {
                readExactly(4);
                length = readByte() << 24 | readByte() << 16 | readByte() << 8 | readByte();
            }
            return new ReceivedFrame(first & 0x0F, (first & 0x40) != 0, readExactly(length));
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
                var received = readFrame();
                if (received.opcode() == CLOSE) {
                    code = received.code();
                    sendFrame(FIN | CLOSE, received.bytes(), true);
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
            int b = in.read();
            if (b >= 0) {
                throw new AssertionError("connection: received '" + (char) b + "' (expected: its end)");
            }
        } catch (SocketException _) {
            // reset: an end too
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int readByte() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the server closed the connection");
        }
        return b;
    }

    private byte[] readExactly(int length) throws IOException {
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the server closed the connection");
        }
        return bytes;
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
