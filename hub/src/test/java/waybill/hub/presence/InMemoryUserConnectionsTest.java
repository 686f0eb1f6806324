package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

/// The sockets of users, of several namespaces and nodes.
class InMemoryUserConnectionsTest {

    private static final UserId KARI = new UserId(Role.DRIVER, "kari");
    private static final UserId OLA = new UserId(Role.DRIVER, "ola");

    private final InMemoryUserConnections connections = new InMemoryUserConnections();

    @Test
    void theSocketsOfAUserAreThoseOfAllSourcesOldestFirst() {
        connections.add(user -> user.equals(KARI) ? Stream.of(socket("a", 1), socket("c", 3)) : Stream.of());
        connections.add(user -> user.equals(KARI) ? Stream.of(socket("b", 2)) : Stream.of(socket("d", 4)));
        assertThat(connections.of(KARI)).extracting(UserConnection::socketId).containsExactly("a", "b", "c");
        assertThat(connections.of(OLA)).extracting(UserConnection::socketId).containsExactly("d");
    }

    private static UserConnection socket(String id, int second) {
        return new UserConnection(id, "/realtime", "websocket", Instant.ofEpochSecond(second));
    }

    @Test
    void theDurationsOfAllNodesAreCountedTogether() {
        connections.ended("/realtime", Role.DRIVER, Duration.ofSeconds(3));
        connections.ended("/caps", Role.DRIVER, Duration.ofSeconds(40));
        connections.ended("/realtime", Role.DRIVER, Duration.ofSeconds(70));
        assertThat(connections.durations())
                .containsExactly(
                        new ConnectionDurations.Summary(
                                "/caps",
                                Role.DRIVER,
                                1,
                                Duration.ofSeconds(40),
                                Duration.ofMinutes(1),
                                Duration.ofMinutes(1)),
                        new ConnectionDurations.Summary(
                                "/realtime",
                                Role.DRIVER,
                                2,
                                Duration.ofSeconds(73),
                                Duration.ofSeconds(5),
                                Duration.ofMinutes(2)));
    }
}
