package waybill.server.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A mail server on this machine, that answers commands as the test says.
public final class FakeMailServer implements AutoCloseable {

    /// An answer that never comes.
    public static final String HANG = "HANG";

    /// The connection is closed in the place of an answer.
    public static final String CLOSE = "CLOSE";

    private static final long TIMEOUT_S = 30;

    private final ServerSocket server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final List<String> all = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();

    public FakeMailServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor.submit(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    public MailConfig config() {
        return new MailConfig("127.0.0.1", port(), MailConfig.Security.NONE, "hub@shop.example", null);
    }

    /// To `EHLO`, `MAIL`, `RCPT`, `DATA`, or `END` for the end of a message.
    public void answers(String command, String answer) {
        answers.put(command, answer);
    }

    public void answersWell() {
        answers.clear();
    }

    /// The next message that has come, or comes.
    public String take() {
        try {
            var message = messages.poll(TIMEOUT_S, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no message in " + TIMEOUT_S + " s");
            }
            return message;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public List<String> all() {
        return List.copyOf(all);
    }

    public List<String> commands() {
        return List.copyOf(commands);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                executor.submit(() -> converse(socket));
            } catch (IOException _) {
                return; // closed
            }
        }
    }

    private void converse(Socket socket) {
        try (socket;
                var lines =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            if (!answer(socket, "CONNECT", "220 fake")) {
                return;
            }
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                commands.add(line);
                var command = line.split("[ :]", 2)[0].toUpperCase(java.util.Locale.ROOT);
                if (!answer(socket, command, command.equals("DATA") ? "354 go on" : "250 ok")) {
                    return;
                }
                if (command.equals("DATA") && !answers.containsKey("DATA")) {
                    var message = new StringBuilder();
                    for (var text = lines.readLine(); !".".equals(text); text = lines.readLine()) {
                        message.append(text).append('\n');
                    }
                    all.add(message.toString());
                    messages.add(message.toString());
                    if (!answer(socket, "END", "250 taken")) {
                        return;
                    }
                }
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private boolean answer(Socket socket, String command, String usual) throws IOException {
        var answer = answers.getOrDefault(command, usual);
        if (answer.equals(HANG)) {
            socket.getInputStream().readAllBytes(); // until the client goes
            return false;
        }
        if (answer.equals(CLOSE)) {
            return false;
        }
        socket.getOutputStream().write((answer + "\r\n").getBytes(StandardCharsets.US_ASCII));
        return true;
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        executor.shutdownNow();
    }
}
