package waybill.hub.presence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import waybill.order.Actor;

/// What every implementation of [Presence] does, as two nodes see it.
public interface PresenceContract {

    Actor SOCKET = new Actor(Actor.Kind.SOCKET, "socket");

    /// The port of a node.
    Presence here();

    /// The same of another node.
    Presence there();

    /// What one node has done is known to the other.
    void settle();

    @Test
    default void aConnectionIsKnownOnEveryNodeUntilItEnds() {
        assertThat(here().isConnected(SOCKET)).isFalse();
        here().connected(SOCKET.id());
        settle();
        assertThat(here().isConnected(SOCKET)).isTrue();
        assertThat(there().isConnected(SOCKET)).isTrue();
        here().disconnected(SOCKET.id());
        settle();
        assertThat(here().isConnected(SOCKET)).isFalse();
        assertThat(there().isConnected(SOCKET)).isFalse();
    }

    @Test
    default void aConnectionThatEndsTwiceIsNotMissedOfTheNext() {
        here().connected(SOCKET.id());
        here().disconnected(SOCKET.id());
        here().disconnected(SOCKET.id());
        here().connected(SOCKET.id());
        there().connected("another");
        settle();
        assertThat(there().isConnected(SOCKET)).isTrue();
        assertThat(here().isConnected(new Actor(Actor.Kind.SOCKET, "another"))).isTrue();
        assertThat(here().isConnected(new Actor(Actor.Kind.SOCKET, "unknown"))).isFalse();
    }
}
