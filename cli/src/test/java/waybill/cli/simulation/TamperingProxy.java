package waybill.cli.simulation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/// A port in front of a hub that drops one text frame with a given text on its way to a client, or sends it twice.
final class TamperingProxy implements AutoCloseable {

    private static final int TEXT = 0x81;
    private static final int LENGTH_16_BIT = 126;
    private static final int LENGTH_64_BIT = 127;

    private final ServerSocket server;
    private final URI hub;
    private final String text;
    private final int copies;
    private final AtomicBoolean hasTampered = new AtomicBoolean();

    /// @param copies of the frame that the client receives
    TamperingProxy(URI hub, String text, int copies) {
        this.hub = hub;
        this.text = text;
        this.copies = copies;
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    URI url() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    boolean hasTampered() {
        return hasTampered.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                Thread.startVirtualThread(() -> connect(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void connect(Socket client) {
        try (client;
                var upstream = new Socket(hub.getHost(), hub.getPort())) {
            Thread.startVirtualThread(() -> {
                try {
                    client.getInputStream().transferTo(upstream.getOutputStream());
                    upstream.shutdownOutput();
                } catch (IOException _) {
                    // the other direction ends too
                }
            });
            toClient(new DataInputStream(upstream.getInputStream()), client.getOutputStream());
        } catch (IOException _) {
            // one end has closed
        }
    }

    private void toClient(DataInputStream from, OutputStream to) throws IOException {
        var head = head(from);
        to.write(head.getBytes(StandardCharsets.ISO_8859_1));
        if (!head.startsWith("HTTP/1.1 101")) {
            from.transferTo(to);
            return;
        }
        var out = new DataOutputStream(to);
        while (true) {
            var opcode = from.readUnsignedByte();
            var length = from.readUnsignedByte();
            var size = length == LENGTH_16_BIT ? from.readUnsignedShort() : length;
            if (length == LENGTH_64_BIT) {
                throw new IOException("frames of 64 KiB and more are not expected");
            }
            var payload = from.readNBytes(size);
            var isIt = opcode == TEXT
                    && new String(payload, StandardCharsets.UTF_8).contains(text)
                    && hasTampered.compareAndSet(false, true);
            for (var i = 0; i < (isIt ? copies : 1); i++) {
                out.writeByte(opcode);
                out.writeByte(length);
                if (length == LENGTH_16_BIT) {
                    out.writeShort(size);
                }
                out.write(payload);
            }
            out.flush();
        }
    }

    private static String head(InputStream from) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = from.read();
            if (next < 0) {
                throw new IOException("closed");
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
