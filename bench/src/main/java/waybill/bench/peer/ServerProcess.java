package waybill.bench.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A running server.
public final class ServerProcess implements AutoCloseable {

    private static final int START_MAX_S = 30;
    private static final int LINES_MAX = 50;

    private final Process process;
    private final int port;
    private final CountDownLatch lastOutput = new CountDownLatch(1);
    private final Deque<String> lines = new ArrayDeque<>();
    private volatile boolean isListening;

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /// Starts a server and waits until it listens.
    ///
    /// @param prefix arguments before the command, to pin it to a core
    public static ServerProcess start(Peer peer, List<String> prefix, String scenario, String secret)
            throws PeerUnavailable, InterruptedException {
        try {
            var port = freePort();
            var command = peer.command(scenario, port, secret);
            var words = new ArrayList<>(prefix);
            words.addAll(command.words());
            var builder = new ProcessBuilder(words).redirectErrorStream(true);
            builder.environment().putAll(command.environment());
            var server = new ServerProcess(builder.start(), port);
            server.awaitListening();
            return server;
        } catch (IOException failure) {
            throw new PeerUnavailable(peer.name() + ": " + failure.getMessage());
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitListening() throws PeerUnavailable, InterruptedException {
        Thread.ofVirtual().start(this::readLines);
        var hasPrinted = lastOutput.await(START_MAX_S, TimeUnit.SECONDS);
        if (!isListening) {
            close();
            throw new PeerUnavailable(
                    hasPrinted ? ExternalTool.summary(lastLines()) : "not listening after " + START_MAX_S + " s");
        }
    }

    private void readLines() {
        try (BufferedReader output = process.inputReader()) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                addLine(line);
                if (line.startsWith("listening")) {
                    isListening = true;
                    lastOutput.countDown();
                }
            }
        } catch (IOException closed) {
            addLine(closed.toString());
        } finally {
            lastOutput.countDown();
        }
    }

    private synchronized void addLine(String line) {
        if (lines.size() == LINES_MAX) {
            lines.removeFirst();
        }
        lines.add(line);
    }

    /// The last lines that the server printed, oldest first.
    public synchronized List<String> lastLines() {
        return List.copyOf(lines);
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
