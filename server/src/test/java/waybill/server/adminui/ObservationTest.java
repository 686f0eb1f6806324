package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.Namespace;
import waybill.socketio.Socket;
import waybill.socketio.SocketServer;

/// What is observed of the sockets of a server without a hub.
class ObservationTest {

    private static final int SOCKETS_MAX = 6;

    private final SocketServer server = new SocketServer(Config.defaults());
    private final String url;
    private final List<AdminTestClient> clients = new ArrayList<>();
    private final Observation observation =
            new Observation(new Observation.Limits(SOCKETS_MAX, 2, 20), InstantSource.system());

    ObservationTest() {
        var address = server.listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        url = "http://127.0.0.1:" + address.getPort();
    }

    @AfterEach
    void stop() {
        clients.forEach(AdminTestClient::close);
        server.close(Duration.ZERO).toCompletableFuture().join();
    }

    private AdminTestClient connect(String namespace) {
        var client = AdminTestClient.connect(url + namespace, Map.of());
        clients.add(client);
        return client;
    }

    private List<Namespace> namespaces() {
        return List.of(server.of("/many"), server.of("/few"));
    }

    /// The loops have done what they were asked to until now.
    private void awaitLoops() {
        namespaces().stream()
                .flatMap(namespace -> namespace.sockets().values().stream())
                .map(Socket::loop)
                .distinct()
                .forEach(loop -> CompletableFuture.runAsync(() -> {}, loop)
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join());
    }

    private List<SocketChange> changes() {
        awaitLoops();
        return observation.takeChanges(1_000);
    }

    private Socket socketOf(AdminTestClient client) {
        return server.of("/many").socket(client.id()).orElseThrow();
    }

    @Test
    void aSampleOfEveryNamespaceIsObservedAboveTheLimit() {
        namespaces();
        Stream.generate(() -> "/many").limit(10).forEach(this::connect);
        Stream.generate(() -> "/few").limit(2).forEach(this::connect);
        observation.observeMore(namespaces());
        var observed = changes();
        assertThat(observation.isReady()).isTrue();
        assertThat(observed).hasSize(SOCKETS_MAX).allMatch(change -> change instanceof SocketChange.Observed);
        assertThat(observed.stream().map(change -> change.socket().namespace().name()))
                .contains("/many", "/few");
        observation.observeMore(namespaces());
        assertThat(changes()).isEmpty();
        observation.onDisconnected(observed.getFirst().socket(), "transport close");
        observation.observeMore(namespaces());
        assertThat(changes().stream().map(Object::getClass))
                .containsExactly(SocketChange.Disconnected.class, SocketChange.Observed.class);
    }

    @Test
    void onlySoManySocketsAreObservedAsToWhatTheyAreSent() {
        namespaces();
        Stream.generate(() -> "/many").limit(4).forEach(this::connect);
        observation.observeMore(namespaces());
        changes();
        server.of("/many").emit("greeting", 1);
        assertThat(changes()).hasSize(2).allMatch(change -> ((SocketChange.Event) change).isSent());
        observation.end();
        awaitLoops();
        server.of("/many").emit("greeting", 2);
        assertThat(changes()).isEmpty();
    }

    @Test
    void eventsOfOneTickAreLimited() {
        namespaces();
        connect("/many");
        observation.observeMore(namespaces());
        changes();
        for (int i = 0; i < 100; i++) {
            server.of("/many").emit("greeting", i);
        }
        assertThat(changes()).hasSizeBetween(1, 10); // half of the queue at most
        assertThat(observation.isComplete()).isTrue();
        server.of("/many").emit("greeting", 0);
        assertThat(changes()).hasSize(1);
    }

    @Test
    void aChangeThatIsLostEndsTheObservation() {
        namespaces();
        var socket = socketOf(connect("/many"));
        observation.observeMore(namespaces());
        awaitLoops();
        for (int i = 0; i < 19; i++) {
            observation.onRoomJoined(socket, "room " + i);
        }
        assertThat(observation.isComplete()).isTrue();
        observation.onRoomJoined(socket, "one too many");
        assertThat(observation.isComplete()).isFalse();
        assertThat(changes()).hasSize(20);
    }

    @Test
    void aSocketThatConnectsIsObservedWhileThereIsRoom() {
        namespaces();
        server.of("/many").onConnection(observation::onConnected);
        Stream.generate(() -> "/many").limit(SOCKETS_MAX + 2).forEach(this::connect);
        assertThat(changes()).hasSize(SOCKETS_MAX);
    }
}
