package waybill.server.simulation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A client on a Socket.IO connection of its own. It connects again whenever the connection breaks, sends its commands
/// again until they are answered, and keeps what it received.
final class SocketClient {

    private static final String OPEN = "0";
    private static final String PING = "2";
    private static final String PONG = "3";
    private static final String CONNECT = "40";
    private static final String DISCONNECT = "41";
    private static final String EVENT = "42";
    private static final String ACK = "43";
    private static final String CONNECT_ERROR = "44";

    private static final long ANSWER_WITHIN_MS = 4_000;
    private static final long SILENCE_MAX_MS = 46_000;
    private static final long LOOK_EVERY_NANOS = 1_000_000_000;

    private final World world;
    private final SimulatedUser user;
    private final SplittableRandom random;
    private final BiConsumer<SocketClient, Received> onEvent;
    private final List<Command> commands = new ArrayList<>();
    private final Set<Long> receivedIds = new HashSet<>();

    private SimulatedNetwork.@Nullable Connection connection;
    private int connections; // so far
    private boolean isJoined;
    private int ackIds;
    private long lastBytesMs;
    private long lastEventId; // the newest in the order of the log
    private long newestOnConnection; // of statuses and of the backend's events
    private long joinedAfter = -1; // the newest event when it first joined
    private @Nullable String sessionId;
    private @Nullable Runnable onJoined;

    /// An event, and the function that answers it; none if it requests no ack.
    record Received(String event, JsonNode data, Optional<Consumer<String>> ack) {}

    SocketClient(World world, SimulatedUser user, SplittableRandom random, BiConsumer<SocketClient, Received> onEvent) {
        this.world = world;
        this.user = user;
        this.random = random;
        this.onEvent = onEvent;
    }

    SimulatedUser user() {
        return user;
    }

    /// Called whenever the client has joined its namespace.
    void onJoined(Runnable action) {
        onJoined = action;
    }

    boolean isJoined() {
        return isJoined;
    }

    boolean isIdle() {
        return isJoined && commands.isEmpty();
    }

    boolean hasReceived(long eventId) {
        return receivedIds.contains(eventId);
    }

    /// It must receive later events that go to all.
    long joinedAfter() {
        return joinedAfter;
    }

    void start() {
        connect();
        look();
    }

    private void connect() {
        var hub = world.hubOrNone(random);
        if (hub == null) {
            connectLater(200 + random.nextInt(600));
            return;
        }
        connections++;
        lastBytesMs = world.events().nowMs();
        newestOnConnection = 0;
        var receiver = new Receiver(connections);
        var opened = world.network().connect(hub, receiver);
        connection = opened;
        opened.send(WebSocketFrames.request("/socket.io/?EIO=4&transport=websocket"));
    }

    private void connectLater(long delayMs) {
        world.events().after(delayMs * 1_000_000, user.id(), () -> {
            if (connection == null) {
                connect();
            }
        });
    }

    private void disconnected() {
        connection = null;
        isJoined = false;
        commands.forEach(command -> command.ackId = -1);
        connectLater(100 + random.nextInt(1_500));
    }

    /// Drops the connection, as a phone does that changes its network.
    void drop() {
        var open = connection;
        if (open != null) {
            open.close();
            disconnected();
        }
    }

    /// Looks every second for what should have come.
    private void look() {
        var now = world.events().nowMs();
        if (connection != null && now - lastBytesMs > SILENCE_MAX_MS) {
            drop();
        }
        for (var command : List.copyOf(commands)) {
            if (command.ackId >= 0 && now - command.sentAtMs > ANSWER_WITHIN_MS) {
                if (random.nextBoolean()) {
                    drop();
                    break;
                }
                send(command);
            }
        }
        world.events().after(LOOK_EVERY_NANOS, user.id(), this::look);
    }

    void emit(Command command) {
        commands.add(command);
        if (isJoined) {
            send(command);
        }
    }

    private void send(Command command) {
        command.ackId = ackIds++;
        command.sentAtMs = world.events().nowMs();
        write(EVENT + user.protocol().namespace + "," + command.ackId + "[\"" + command.event + "\"," + command.payload
                + "]");
    }

    private void write(String packet) {
        var open = connection;
        if (open != null) {
            open.send(WebSocketFrames.text(packet));
        }
    }

    /// What arrives on one connection.
    private final class Receiver implements SimulatedNetwork.Receiver {

        private final int number;
        private final WebSocketFrames frames = new WebSocketFrames(SocketClient.this::onPacket);

        Receiver(int number) {
            this.number = number;
        }

        @Override
        public void onBytes(byte[] bytes) {
            if (number != connections || connection == null) {
                return;
            }
            lastBytesMs = world.events().nowMs();
            if (!frames.receive(bytes)) {
                drop();
            }
        }

        @Override
        public void onClosed() {
            if (number == connections && connection != null) {
                disconnected();
            }
        }
    }

    private void onPacket(String packet) {
        if (packet.startsWith(OPEN)) {
            write(CONNECT + user.protocol().namespace + "," + auth());
        } else if (packet.equals(PING)) {
            write(PONG);
        } else if (packet.startsWith(EVENT)) {
            onEvent(body(packet));
        } else if (packet.startsWith(ACK)) {
            onAck(body(packet));
        } else if (packet.startsWith(CONNECT)) {
            joined(world.json(body(packet)));
        } else if (packet.startsWith(CONNECT_ERROR)) {
            world.checks().onRejected(user, world.json(body(packet)));
            drop();
        } else if (packet.startsWith(DISCONNECT)) {
            drop();
        }
    }

    private String auth() {
        if (user.protocol() == Protocol.CAPS) {
            return user.store().isPresent()
                    ? "{\"role\":\"vendor\"}"
                    : "{\"role\":\"driver\",\"driverId\":\"" + user.id() + "\"}";
        }
        var auth = "{\"token\":\"" + world.token(user) + "\"";
        if (lastEventId > 1 && random.nextInt(4) == 0) {
            auth += ",\"since\":" + (lastEventId - 1);
        } else if (sessionId != null && random.nextBoolean()) {
            auth += ",\"pid\":\"" + sessionId + "\"";
        }
        return auth + "}";
    }

    private static String body(String packet) {
        var comma = packet.indexOf(',');
        return packet.startsWith("/", 2) ? packet.substring(comma + 1) : packet.substring(2);
    }

    private void joined(JsonNode answer) {
        isJoined = true;
        if (joinedAfter < 0) {
            joinedAfter = world.checks().lastSequence();
        }
        sessionId = answer.hasNonNull("pid") ? answer.path("pid").asText() : null;
        if (onJoined != null) {
            onJoined.run();
        }
        List.copyOf(commands).forEach(this::send);
    }

    private void onEvent(String body) {
        var start = body.indexOf('[');
        var json = world.json(body.substring(start));
        var data = json.path(1);
        var ackId = body.substring(0, start);
        Optional<Consumer<String>> ack = ackId.isEmpty()
                ? Optional.empty()
                : Optional.of(answer -> write(ACK + user.protocol().namespace + "," + ackId + "[" + answer + "]"));
        var received = new Received(json.path(0).asText(), data, ack);
        var id = user.protocol().eventId(data);
        if (id > 0) {
            receivedIds.add(id);
        }
        if (received.event().equals(user.protocol().status)) {
            world.checks().onStatus(user, data, id, newestOnConnection);
            advanceTo(id);
        } else if (received.event().equals(BackendWorkload.EVENT)) {
            world.checks().onEmitted(user, received, id, newestOnConnection);
            advanceTo(id);
        }
        world.checks().onReceived(user, received);
        onEvent.accept(this, received);
    }

    private void advanceTo(long eventId) {
        newestOnConnection = Math.max(newestOnConnection, eventId);
        lastEventId = Math.max(lastEventId, eventId);
    }

    private void onAck(String body) {
        var start = body.indexOf('[');
        var id = Integer.parseInt(body.substring(0, start));
        var answer = world.json(body.substring(start)).path(0);
        commands.stream()
                .filter(command -> command.ackId == id)
                .findFirst()
                .ifPresent(command -> onAnswer(command, answer));
    }

    private void onAnswer(Command command, JsonNode answer) {
        var code = answer.path("error").path("code").asText();
        if (code.equals("unavailable") || code.equals("rate_limited")) {
            command.sentAtMs = world.events().nowMs() - ANSWER_WITHIN_MS + 1_000; // again in a second
        } else {
            commands.remove(command);
            command.answer(answer);
        }
    }
}
