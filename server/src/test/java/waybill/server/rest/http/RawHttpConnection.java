package waybill.server.rest.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// A connection on which a test writes what no HTTP client would.
public final class RawHttpConnection implements AutoCloseable {

    private static final int TIMEOUT_MS = 60_000;

    private final Socket socket;
    private final InputStream in;

    private RawHttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(TIMEOUT_MS);
        in = socket.getInputStream();
    }

    public static RawHttpConnection connect(URI hub) {
        try {
            return new RawHttpConnection(new Socket(hub.getHost(), hub.getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public RawHttpConnection send(String text) {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    public RawHttpConnection send(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Sends no more, and still reads.
    public RawHttpConnection endOutput() {
        try {
            socket.shutdownOutput();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The head of the next answer, with its status line and headers.
    public String head() {
        try {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    return head.append("<closed>").toString();
                }
                head.append((char) next);
            }
            return head.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The next answer, with a body of the length that it says.
    public String response() {
        try {
            var head = head();
            var length = head.replaceFirst("(?is).*content-length: (\\d+).*", "$1");
            return length.equals(head)
                    ? head
                    : head + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
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
