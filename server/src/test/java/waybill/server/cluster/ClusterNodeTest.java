package waybill.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.server.cluster.TestNodes.START_MS;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.geo.Position;
import waybill.hub.presence.UserConnection;
import waybill.limit.RateLimit;
import waybill.messaging.Queue;
import waybill.messaging.Topic;
import waybill.order.Actor;
import waybill.server.cluster.TestNodes.TestNode;
import waybill.tracking.Fix;

class ClusterNodeTest {

    private static final UserId ANNA = new UserId(Role.CUSTOMER, "anna");
    private static final Position OSLO = new Position(59.91, 10.75);
    private static final Queue PICKUPS = new Queue("acme", Topic.PICKUP);

    private final TestNodes nodes = new TestNodes();
    private final TestNode one = nodes.add("one");
    private final TestNode two = nodes.add("two");

    private void pass(Duration time) {
        nodes.pass(time.toMillis());
    }

    private void meet() {
        pass(Duration.ofSeconds(2));
        assertThat(one.peerCount()).isEqualTo(1);
        assertThat(two.peerCount()).isEqualTo(1);
    }

    @Test
    void socketsOfAUserCountOnAllNodes() {
        meet();
        assertThat(one.ports.liveSockets().add(ANNA, 2)).isTrue();
        assertThat(two.ports.liveSockets().add(ANNA, 2)).isTrue();
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(one.ports.liveSockets().count(ANNA)).isEqualTo(2);
        assertThat(one.ports.liveSockets().add(ANNA, 2)).as("a third one").isFalse();
        assertThat(two.ports.liveSockets().userIds(10)).containsExactly("anna");
        two.ports.liveSockets().remove(ANNA);
        one.ports.liveSockets().remove(ANNA);
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(one.ports.liveSockets().users()).isZero();
        assertThat(two.ports.liveSockets().users()).isZero();
    }

    @Test
    void aNodeThatComesLaterLearnsEverything() {
        meet();
        one.ports.socketCounts().add("realtime");
        IntStream.range(0, 2 * ClusterNode.ENTRIES_MAX)
                .forEach(i -> two.ports.liveSockets().add(new UserId(Role.CUSTOMER, "c" + i), 0));
        report(one, "kari", OSLO, START_MS);
        pass(Duration.ofSeconds(2));
        var three = nodes.add("three");
        pass(Duration.ofSeconds(2));
        assertThat(three.peerCount()).isEqualTo(2);
        assertThat(three.ports.socketCounts().hasAny("realtime")).isTrue();
        assertThat(three.ports.liveSockets().users()).isEqualTo(2 * ClusterNode.ENTRIES_MAX);
        assertThat(three.ports.driverPositions().find("kari")).isPresent();
    }

    @Test
    void aChangeThatIsLostIsNoticedAndMadeUpFor() {
        meet();
        one.ports.liveSockets().add(ANNA, 0);
        two.lostMessages = 1;
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(two.ports.liveSockets().count(ANNA)).isZero();
        pass(Duration.ofSeconds(2));
        assertThat(two.ports.liveSockets().count(ANNA)).isEqualTo(1);
    }

    @Test
    void aPartOfAStateThatIsLostIsRequestedAgain() {
        IntStream.range(0, 3 * ClusterNode.ENTRIES_MAX)
                .forEach(i -> one.ports.liveSockets().add(new UserId(Role.CUSTOMER, "c" + i), 0));
        nodes.pass(ClusterNode.FLUSH_MS);
        one.ports.socketCounts().add("x");
        pass(Duration.ofSeconds(2));
        var three = nodes.add("three");
        three.isConnected = false;
        pass(Duration.ofSeconds(2));
        three.isConnected = true;
        three.lostMessages = 3;
        pass(Duration.ofSeconds(4));
        assertThat(three.ports.liveSockets().users()).isEqualTo(3 * ClusterNode.ENTRIES_MAX);
    }

    @Test
    void whatADeadNodeHadVanishesAndWhatAClosedOneHadAtOnce() {
        meet();
        var three = nodes.add("three");
        two.ports.presence().connected("socket2");
        three.ports.presence().connected("socket3");
        pass(Duration.ofSeconds(2));
        assertThat(one.ports.presence().isConnected(socket("socket2"))).isTrue();
        assertThat(one.ports.presence().isConnected(socket("socket3"))).isTrue();
        three.close();
        assertThat(one.ports.presence().isConnected(socket("socket3"))).isFalse();
        two.isPaused = true; // as after kill -9
        pass(Duration.ofSeconds(10));
        assertThat(one.ports.presence().isConnected(socket("socket2")))
                .as("after 10 s")
                .isTrue();
        pass(Duration.ofSeconds(8));
        assertThat(one.ports.presence().isConnected(socket("socket2"))).isFalse();
        assertThat(one.peerCount()).isZero();
    }

    @Test
    void aNodeThatWasPausedIsBackWithAllItHas() {
        meet();
        two.ports.presence().connected("socket2");
        pass(Duration.ofSeconds(1));
        two.isPaused = true;
        one.ports.liveSockets().add(ANNA, 0);
        pass(Duration.ofSeconds(30));
        assertThat(one.peerCount()).isZero();
        two.resume();
        pass(Duration.ofSeconds(3));
        assertThat(one.ports.presence().isConnected(socket("socket2"))).isTrue();
        assertThat(two.ports.liveSockets().count(ANNA)).isEqualTo(1);
    }

    @Test
    void withoutRedisEachNodeGoesOnWithWhatItKnowsAndResumes() {
        meet();
        two.ports.presence().connected("socket2");
        pass(Duration.ofSeconds(1));
        one.isConnected = false;
        two.isConnected = false;
        two.ports.presence().disconnected("socket2");
        two.ports.presence().connected("socket4");
        report(two, "kari", OSLO, START_MS);
        pass(Duration.ofMinutes(10));
        assertThat(one.ports.presence().isConnected(socket("socket2"))).isTrue();
        assertThat(one.isSilent()).isTrue();
        one.isConnected = true;
        two.isConnected = true;
        pass(Duration.ofSeconds(3));
        assertThat(one.ports.presence().isConnected(socket("socket2"))).isFalse();
        assertThat(one.ports.presence().isConnected(socket("socket4"))).isTrue();
        assertThat(one.ports.driverPositions().find("kari")).isPresent();
        assertThat(one.isSilent()).isFalse();
    }

    private static Actor socket(String id) {
        return new Actor(Actor.Kind.SOCKET, id);
    }

    @Test
    void positionsAreKnownOnAllNodesTheNewestAlone() {
        meet();
        report(one, "kari", OSLO, START_MS + 1_000);
        report(one, "kari", new Position(59.92, 10.75), START_MS + 60_000);
        pass(Duration.ofSeconds(1));
        var near = two.ports.driverPositions().findNearby(OSLO, 5_000, START_MS, 10);
        assertThat(near)
                .singleElement()
                .satisfies(
                        driver -> assertThat(driver.fix().position().latitude()).isEqualTo(59.92));
        report(two, "kari", new Position(59.93, 10.75), START_MS + 120_000);
        pass(Duration.ofSeconds(1));
        assertThat(one.ports
                        .driverPositions()
                        .find("kari")
                        .orElseThrow()
                        .newest()
                        .position()
                        .latitude())
                .isEqualTo(59.93);
    }

    @Test
    void aFollowedPositionIsHeardOnceAndNotPublishedAgain() {
        meet();
        var followed = new java.util.ArrayList<Fix>();
        one.ports.driverPositions().onFollowed(track -> followed.add(track.newest()));
        two.ports.driverPositions().onFollowed(track -> followed.add(track.newest()));
        report(one, "kari", OSLO, START_MS);
        pass(Duration.ofSeconds(5));
        assertThat(followed).hasSize(1);
    }

    private void report(TestNode node, String driver, Position position, long recordedAtMs) {
        var fix = new Fix(driver, position, Fix.UNKNOWN, 5, Fix.UNKNOWN, recordedAtMs, recordedAtMs);
        node.ports.driverPositions().update(driver, track -> track.accept(fix));
    }

    @Test
    void subscribersOfQueuesAreShownOnAllNodes() {
        meet();
        one.ports.subscriptions().add(PICKUPS, "here");
        two.ports.subscriptions().add(PICKUPS, "there");
        two.ports.subscriptions().add(new Queue("a\nb", Topic.DELIVERED), "there");
        pass(Duration.ofSeconds(1));
        assertThat(one.ports.subscriptions().subscribersOf(PICKUPS)).containsExactly("here", "there");
        assertThat(one.ports.subscriptions().subscribedQueues())
                .containsExactlyInAnyOrder(PICKUPS, new Queue("a\nb", Topic.DELIVERED));
        assertThat(two.ports.subscriptions().add(new Queue("more", Topic.PICKUP), "there"))
                .as("a third queue of two")
                .isFalse();
        two.ports.subscriptions().removeAll("there");
        pass(Duration.ofSeconds(1));
        assertThat(one.ports.subscriptions().subscribedQueues()).containsExactly(PICKUPS);
    }

    @Test
    void permitsThatOneNodeGivesAreGoneOnTheOthers() {
        meet();
        var limit = RateLimit.perMinute(5);
        var here = one.ports.rateLimiters().of("pins", limit, 100);
        var there = two.ports.rateLimiters().of("pins", limit, 100);
        assertThat(here.acquire("order 1", 3, nodes.nowMs())).isZero();
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(there.acquire("order 1", 3, nodes.nowMs())).isPositive();
        assertThat(there.acquire("order 1", 2, nodes.nowMs())).isZero();
        assertThat(there.acquire("order 2", 5, nodes.nowMs())).isZero();
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(here.acquire("order 1", 1, nodes.nowMs())).isPositive();
        pass(Duration.ofSeconds(13));
        assertThat(here.acquire("order 1", 1, nodes.nowMs())).isZero();
    }

    @Test
    void socketsOfAUserAreListedFromAllNodes() {
        meet();
        connect(one, "a", nodes.nowMs());
        connect(two, "b", nodes.nowMs() - 1_000);
        pass(Duration.ofSeconds(1));
        assertThat(one.ports.connections().of(ANNA))
                .extracting(UserConnection::socketId)
                .containsExactly("b", "a");
        assertThat(one.ports.connections().of(new UserId(Role.DRIVER, "anna"))).isEmpty();
    }

    private static void connect(TestNode node, String socket, long atMs) {
        var connection = new UserConnection(socket, "/realtime", "websocket", Instant.ofEpochMilli(atMs));
        node.ports.liveSockets().add(ANNA, 0);
        node.ports.connections().add(user -> user.equals(ANNA) ? Stream.of(connection) : Stream.empty());
    }

    @Test
    void whatIsNotUnderstoodIsPassedOver() {
        meet();
        for (var bytes : List.of(
                new byte[] {},
                new byte[] {(byte) 0xC1},
                NodeMessageCodec.encode(
                        new NodeMessage.Changes("three", 1, List.of(new NodeMessage.Entry(99, "key", 1)))))) {
            one.listeners.values().forEach(listener -> listener.accept(bytes));
        }
        one.ports.liveSockets().add(ANNA, 0);
        nodes.pass(ClusterNode.FLUSH_MS);
        assertThat(two.ports.liveSockets().count(ANNA)).isEqualTo(1);
    }
}
