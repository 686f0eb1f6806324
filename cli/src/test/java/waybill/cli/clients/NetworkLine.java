package waybill.cli.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A port in front of a hub that a test cuts and mends. Each connection has two virtual threads.
final class NetworkLine implements AutoCloseable {

    private final ServerSocket server;
    private final URI hub;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    NetworkLine(URI hub) {
        this.hub = hub;
        try {
            server = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::accept);
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort());
    }

    /// Ends all connections, and ends new ones until it is mended.
    void cut() {
        isCut = true;
        sockets.forEach(NetworkLine::end);
    }

    void mend() {
        isCut = false;
    }

    @Override
    public void close() throws IOException {
        server.close();
        cut();
    }

    private void accept() {
        try {
            while (true) {
                connect(server.accept());
            }
        } catch (IOException _) {
            // closed
        }
    }

    private void connect(Socket client) {
        sockets.add(client);
        try {
            var upstream = new Socket(hub.getHost(), hub.getPort());
            sockets.add(upstream);
            if (isCut) {
                end(client);
                end(upstream);
                return;
            }
            Thread.startVirtualThread(() -> pump(client, upstream));
            Thread.startVirtualThread(() -> pump(upstream, client));
        } catch (IOException _) {
            end(client); // the hub is down
        }
    }

    private void pump(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException _) {
            // cut, or closed by its other end
        } finally {
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
