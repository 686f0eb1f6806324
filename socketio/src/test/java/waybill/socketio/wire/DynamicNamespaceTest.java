package waybill.socketio.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import waybill.socketio.Config;
import waybill.socketio.adapter.Adapter;
import waybill.socketio.adapter.Recovery;
import waybill.socketio.adapter.SocketDetails;

/// Namespaces that are made when a client asks for them.
class DynamicNamespaceTest {

    private static final long PATIENCE_S = 30;

    private final BlockingQueue<String> story = new LinkedBlockingQueue<>();
    private final Config config = Config.defaults().withEngine(engine -> engine.withLoops(1));

    private @Nullable String next() throws InterruptedException {
        return story.poll(PATIENCE_S, TimeUnit.SECONDS);
    }

    @Test
    void theLastClientOfANamespaceIsRecovered() throws Exception {
        try (var wired = new Wired(config.withRecovery(Recovery.defaults()))) {
            var rooms = wired.server().of(name -> name.startsWith("/dyn-"));
            rooms.onConnection(socket -> story.add(socket.id() + " " + socket.recovered()));
            rooms.onDisconnect((_, reason) -> story.add(reason.words()));
            var peer = wired.connected();
            var greeting = wired.join(peer, "/dyn-a", "");
            var pid = greeting.replaceFirst(".*\"pid\":\"([^\"]+)\".*", "$1");
            var id = greeting.replaceFirst(".*\"sid\":\"([^\"]+)\".*", "$1");
            assertThat(next()).isEqualTo(id + " false");
            peer.drop();
            assertThat(next()).startsWith("transport ");
            assertThat(wired.join(wired.connected(), "/dyn-a", "{\"pid\":\"" + pid + "\"}"))
                    .contains("\"sid\":\"" + id + "\"");
            assertThat(next()).isEqualTo(id + " true");
        }
    }

    @Test
    void aNamespaceToWhichNoClientCanComeBackIsRemovedAndItsAdapterClosed() throws Exception {
        try (var wired = new Wired(config.withRecovery(new Recovery(Duration.ofMillis(50), 10, 10, false))
                .withAdapter((name, local) -> watched(name, local)))) {
            var rooms = wired.server().of(name -> name.startsWith("/dyn-"));
            var left = wired.joined("/dyn-left");
            assertThat(next()).isEqualTo("made /dyn-left");
            left.text("41/dyn-left,");
            assertThat(next()).isEqualTo("closed /dyn-left");
            wired.joined("/dyn-cut").drop();
            assertThat(next()).isEqualTo("made /dyn-cut");
            assertThat(next()).isEqualTo("closed /dyn-cut"); // when the client could not come back any more
            assertThat(rooms.children()).isEmpty();
        }
    }

    @Test
    void adaptersAreClosedWithTheServer() throws Exception {
        try (var wired = new Wired(config.withAdapter((name, local) -> watched(name, local)))) {
            wired.server().of("/fixed");
            wired.server().of(name -> name.startsWith("/dyn-"));
            wired.joined("/dyn-1");
            assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                    .containsExactly("made /fixed", "made /dyn-1");
        }
        assertThat(List.of(String.valueOf(next()), String.valueOf(next())))
                .containsExactlyInAnyOrder("closed /fixed", "closed /dyn-1");
    }

    private Adapter watched(String name, Adapter local) {
        story.add("made " + name);
        return new WatchedAdapter(local, () -> story.add("closed " + name));
    }

    @Test
    void aTestMaySeeTheAuthAndTakeItsTime() throws Exception {
        try (var wired = new Wired(config)) {
            var decisions = new LinkedBlockingQueue<CompletableFuture<Boolean>>();
            wired.server().of((_, handshake) -> {
                story.add(String.valueOf(handshake.auth().get("tenant")));
                var decision = new CompletableFuture<Boolean>();
                decisions.add(decision);
                return decision;
            });
            var peer = wired.connected();
            peer.text("40/acme,{\"tenant\":\"acme\"}");
            assertThat(next()).isEqualTo("acme");
            decisions.take().complete(true);
            assertThat(peer.hear().text()).startsWith("40/acme,{\"sid\":");
            peer.text("40/other,{\"tenant\":\"other\"}");
            assertThat(next()).isEqualTo("other");
            decisions.take().complete(false);
            assertThat(peer.hear().text()).isEqualTo("44/other,{\"message\":\"Invalid namespace\"}");
            peer.text("40/failing,{\"tenant\":\"failing\"}");
            assertThat(next()).isEqualTo("failing");
            decisions.take().completeExceptionally(new IllegalStateException("as the test wants it"));
            assertThat(peer.hear().text()).isEqualTo("44/failing,{\"message\":\"Invalid namespace\"}");
        }
    }

    @Test
    void aNamespaceIsNotAskedForTwiceWhileItsTestTakesItsTime() {
        try (var wired = new Wired(config)) {
            wired.server().of((_, _) -> new CompletableFuture<>());
            var peer = wired.connected();
            peer.text("40/slow,");
            peer.text("40/slow,");
            assertThat(peer.closed()).isEqualTo(1002);
        }
    }

    @Test
    void newNamespacesAreAnnounced() throws Exception {
        try (var wired = new Wired(config)) {
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
    void whatIsSaidToTheParentReachesAllChildren() throws Exception {
        try (var wired = new Wired(config)) {
            var parent = wired.server().of(name -> name.startsWith("/dyn-"));
            parent.onConnection(socket -> socket.join(socket.namespace().name().equals("/dyn-1") ? "odd" : "even"));
            var one = wired.joined("/dyn-1");
            var two = wired.joined("/dyn-2");
            parent.emit("all", 1);
            assertThat(one.hear().text()).isEqualTo("42/dyn-1,[\"all\",1]");
            assertThat(two.hear().text()).isEqualTo("42/dyn-2,[\"all\",1]");
            parent.to("even").emit("even");
            parent.except("even").emit("odd");
            assertThat(two.hear().text()).isEqualTo("42/dyn-2,[\"even\"]");
            assertThat(one.hear().text()).isEqualTo("42/dyn-1,[\"odd\"]");
            var found = parent.fetchSockets().toCompletableFuture().get(PATIENCE_S, TimeUnit.SECONDS);
            assertThat(found).extracting(SocketDetails::id).hasSize(2);
            var answers = parent.emitWithAck("vote").toCompletableFuture();
            assertThat(one.hear().text()).isEqualTo("42/dyn-1,0[\"vote\"]");
            assertThat(two.hear().text()).isEqualTo("42/dyn-2,0[\"vote\"]");
            one.text("43/dyn-1,0[\"yes\"]");
            two.text("43/dyn-2,0[\"no\"]");
            assertThat(answers.get(PATIENCE_S, TimeUnit.SECONDS))
                    .extracting(args -> args.string(0))
                    .containsExactlyInAnyOrder("yes", "no");
            parent.to("odd").disconnectSockets(false);
            assertThat(one.hear().text()).isEqualTo("41/dyn-1,");
        }
    }
}
