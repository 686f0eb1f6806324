package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.access.Role;
import waybill.access.UserId;

/// What every implementation of [UserConnections] does with the sockets of users, of several namespaces and nodes.
public interface UserConnectionsContract {

    UserId KARI = new UserId(Role.DRIVER, "kari");
    UserId OLA = new UserId(Role.DRIVER, "ola");

    /// The port of a node.
    UserConnections here();

    /// The same of another node.
    UserConnections there();

    /// A node has these sockets of a user.
    void add(UserConnections node, UserId user, List<UserConnection> sockets);

    /// What one node has done is known to the other.
    void settle();

    @Test
    default void theSocketsOfAUserAreThoseOfAllSourcesOldestFirst() {
        add(here(), KARI, List.of(socket("a", 1), socket("c", 3)));
        add(here(), KARI, List.of(socket("b", 2)));
        add(there(), KARI, List.of(socket("before", 0), socket("after", 4)));
        add(there(), OLA, List.of(socket("d", 4)));
        settle();
        for (var node : List.of(here(), there())) {
            assertThat(node.of(KARI))
                    .extracting(UserConnection::socketId)
                    .containsExactly("before", "a", "b", "c", "after");
            assertThat(node.of(OLA)).extracting(UserConnection::socketId).containsExactly("d");
            assertThat(node.of(new UserId(Role.CUSTOMER, "kari"))).isEmpty();
        }
    }

    private static UserConnection socket(String id, int second) {
        return new UserConnection(id, "/realtime", "websocket", Instant.ofEpochSecond(second));
    }

    @Test
    default void theDurationsOfAllNamespacesAreCountedTogether() {
        here().ended("/realtime", Role.DRIVER, Duration.ofSeconds(3));
        here().ended("/caps", Role.DRIVER, Duration.ofSeconds(40));
        here().ended("/realtime", Role.DRIVER, Duration.ofSeconds(70));
        assertThat(here().durations())
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
