package waybill.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.RecoveryConfig;
import waybill.socketio.adapter.SocketDetails;
import waybill.socketio.wire.ServerFixture;

/// Namespaces that are made when a client asks for them.
class DynamicNamespaceTest {

    private static final long TIMEOUT_S = 30;

    private final BlockingQueue<String> story = new LinkedBlockingQueue<>();
    private final Config config = Config.defaults().withEngine(engine -> engine.withLoops(1));

    private @Nullable String next() throws InterruptedException {
        return story.poll(TIMEOUT_S, TimeUnit.SECONDS);
    }

    @Test
    void theLastClientOfANamespaceIsRecovered() throws Exception {
        try (var wired = new ServerFixture(config.withRecovery(RecoveryConfig.defaults()))) {
            var rooms = wired.server().of(name -> name.startsWith("/dyn-"));
            rooms.onConnection(socket -> story.add(socket.id() + " " + socket.recovered()));
            rooms.onDisconnect((_, reason) -> story.add(reason.wireName()));
            var peer = wired.connected();
            var answer = wired.join(peer, "/dyn-a", "");
            var pid = answer.replaceFirst(".*\"pid\":\"([^\"]+)\".*", "$1");
            var id = answer.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(next()).isEqualTo(id + " false");
            peer.reset();
            assertThat(next()).startsWith("transport ");
            assertThat(wired.join(wired.connected(), "/dyn-a", "{\"pid\":\"" + pid + "\"}"))
                    .contains("\"sid\":\"" + id + "\"");
            assertThat(next()).isEqualTo(id + " true");
        }
    }

    @Test
    void aNamespaceToWhichNoClientCanComeBackIsRemovedAndItsAdapterClosed() throws Exception {
        try (var wired = new ServerFixture(config.withRecovery(new RecoveryConfig(Duration.ofMillis(50), 10, 10, false))
                .withAdapter((name, local) -> recordingAdapter(name, local)))) {
            var rooms = wired.server().of(name -> name.startsWith("/dyn-"));
            var left = wired.joined("/dyn-left");
            assertThat(next()).isEqualTo("made /dyn-left");
            left.sendText("41/dyn-left,");
            assertThat(next()).isEqualTo("closed /dyn-left");
            wired.joined("/dyn-cut").reset();
            assertThat(next()).isEqualTo("made /dyn-cut");
            assertThat(next()).isEqualTo("closed /dyn-cut"); // when the client could not come back any more
            assertThat(rooms.children()).isEmpty();
        }
    }

    @Test
    void adaptersAreClosedWithTheServer() throws Exception {
        try (var wired = new ServerFixture(config.withAdapter((name, local) -> recordingAdapter(name, local)))) {
            wired.server().of("/fixed");
            wired.server().of(name -> name.startsWith("/dyn-"));
            wired.joined("/dyn-1");
            assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                    .containsExactly("made /fixed", "made /dyn-1");
        }
        assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                .containsExactlyInAnyOrder("closed /fixed", "closed /dyn-1");
    }

    private Adapter recordingAdapter(String name, Adapter local) {
        story.add("made " + name);
        return new CloseRecordingAdapter(local, () -> story.add("closed " + name));
    }

    @Test
    void aPredicateSeesTheAuthAndMayBeAsynchronous() throws Exception {
        try (var wired = new ServerFixture(config)) {
            var decisions = new LinkedBlockingQueue<CompletableFuture<Boolean>>();
            wired.server().of((_, handshake) -> {
                story.add(String.valueOf(handshake.auth().get("tenant")));
                var decision = new CompletableFuture<Boolean>();
                decisions.add(decision);
                return decision;
            });
            var peer = wired.connected();
            peer.sendText("40/acme,{\"tenant\":\"acme\"}");
            assertThat(next()).isEqualTo("acme");
            decisions.take().complete(true);
            assertThat(peer.readFrame().text()).startsWith("40/acme,{\"sid\":");
            peer.sendText("40/other,{\"tenant\":\"other\"}");
            assertThat(next()).isEqualTo("other");
            decisions.take().complete(false);
            assertThat(peer.readFrame().text()).isEqualTo("44/other,{\"message\":\"Invalid namespace\"}");
            peer.sendText("40/failing,{\"tenant\":\"failing\"}");
            assertThat(next()).isEqualTo("failing");
            decisions.take().completeExceptionally(new IllegalStateException("as the test wants it"));
            assertThat(peer.readFrame().text()).isEqualTo("44/failing,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void aPendingNamespaceRequestIsNotRepeated() {
        try (var wired = new ServerFixture(config)) {
            wired.server().of((_, _) -> new CompletableFuture<>());
            var peer = wired.connected();
            peer.sendText("40/slow,");
            peer.sendText("40/slow,");
            assertThat(peer.readCloseCode()).isEqualTo(1002);
        }
    }

    @Test
    void newNamespacesAreAnnounced() throws Exception {
        try (var wired = new ServerFixture(config)) {
            wired.server().onNewNamespace(made -> story.add(made.name()));
            wired.server().of("/fixed");
            wired.server().of("/fixed");
            wired.server().of(name -> name.startsWith("/dyn-"));
            wired.joined("/dyn-1");
            wired.joined("/dyn-1");
            assertThat(story).containsExactly("/fixed", "/dyn-1");
        }
    }

    @Test
    void aParentBroadcastReachesAllChildren() throws Exception {
        try (var wired = new ServerFixture(config)) {
            var parent = wired.server().of(name -> name.startsWith("/dyn-"));
            parent.onConnection(socket -> socket.join(socket.namespace().name().equals("/dyn-1") ? "odd" : "even"));
            var one = wired.joined("/dyn-1");
            var two = wired.joined("/dyn-2");
            parent.emit("all", 1);
            assertThat(one.readFrame().text()).isEqualTo("42/dyn-1,[\"all\",1]");
            assertThat(two.readFrame().text()).isEqualTo("42/dyn-2,[\"all\",1]");
            parent.to("even").emit("even");
            parent.except("even").emit("odd");
            assertThat(two.readFrame().text()).isEqualTo("42/dyn-2,[\"even\"]");
            assertThat(one.readFrame().text()).isEqualTo("42/dyn-1,[\"odd\"]");
            var found = parent.fetchSockets().toCompletableFuture().get(TIMEOUT_S, TimeUnit.SECONDS);
            assertThat(found).extracting(SocketDetails::id).hasSize(2);
            var answers = parent.emitWithAck("vote").toCompletableFuture();
            assertThat(one.readFrame().text()).isEqualTo("42/dyn-1,0[\"vote\"]");
            assertThat(two.readFrame().text()).isEqualTo("42/dyn-2,0[\"vote\"]");
            one.sendText("43/dyn-1,0[\"yes\"]");
            two.sendText("43/dyn-2,0[\"no\"]");
            assertThat(answers.get(TIMEOUT_S, TimeUnit.SECONDS))
                    .extracting(args -> args.string(0))
                    .containsExactlyInAnyOrder("yes", "no");
            parent.to("odd").disconnectSockets(false);
            assertThat(one.readFrame().text()).isEqualTo("41/dyn-1,");
        }
    }
}
