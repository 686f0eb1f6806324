package waybill.cli.kill;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A mail server that takes every message.
final class TestMailServer implements AutoCloseable {

    private final ServerSocket server;
    private final Consumer<String> onMessageId;

    /// @param onMessageId is told of each message, and returns when it may be acknowledged
    TestMailServer(Consumer<String> onMessageId) throws IOException {
        this.onMessageId = onMessageId;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> converse(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                var lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            answer(socket, "220 test");
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("DATA")) {
                    answer(socket, "354 go on");
                    onMessageId.accept(messageId(lines));
                }
                answer(socket, "250 ok");
            }
        } catch (IOException _) {
            // the hub was killed
        }
    }

    private static String messageId(BufferedReader lines) throws IOException {
        var id = "";
        for (var line = lines.readLine(); line != null && !line.equals("."); line = lines.readLine()) {
            if (line.regionMatches(true, 0, "Message-ID:", 0, "Message-ID:".length())) {
                id = line.substring("Message-ID:".length()).strip();
            }
        }
        return id;
    }

    private static void answer(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
