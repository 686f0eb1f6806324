package waybill.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import waybill.access.Role;
import waybill.access.UserId;
import waybill.geo.Position;
import waybill.hub.presence.UserConnection;
import waybill.server.cluster.NodeMessage.Acquired;
import waybill.server.cluster.NodeMessage.Entry;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;
import waybill.tracking.Fix;

class NodeMessageCodecTest {

    static List<NodeMessage> messages() {
        return List.of(
                new NodeMessage.Changes("one", 7, List.of(new Entry(2, "customer:Åse", 3), new Entry(0, "", 0))),
                new NodeMessage.Changes("one", 1L << 52, List.of()),
                new NodeMessage.StateRequest("one", true),
                new NodeMessage.State("one", 7, 1, 3, List.of(new Entry(1, "key", 1))),
                new NodeMessage.Positions(
                        "one",
                        List.of(
                                new Fix(
                                        "kari",
                                        new Position(59.91, -10.75),
                                        359.5,
                                        0,
                                        12,
                                        1_772_000_000_000L,
                                        1_772_000_000_100L),
                                new Fix("ola", new Position(0, 180), Double.NaN, Double.NaN, Double.NaN, 2, 3))),
                new NodeMessage.Permits("one", List.of(new Acquired("pins", "order 1", 2))),
                new NodeMessage.ConnectionsRequest("one", 5, new UserId(Role.DRIVER, "a:b")),
                new NodeMessage.Connections(
                        "one", 5, List.of(new UserConnection("id", "/realtime", "websocket", Instant.ofEpochMilli(9)))),
                new NodeMessage.Leaving("one"));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void whatIsEncodedIsDecodedAgain(NodeMessage message) throws ProtocolException {
        assertThat(NodeMessageCodec.decode(NodeMessageCodec.encode(message))).isEqualTo(message);
    }

    @Test
    void anotherKindOrAnotherTypeIsRejected() {
        rejects(List.of("later", "one"), "kind: later (expected: one of this version)");
        rejects(List.of("changes", 1L), "element 1: of another kind (expected: a string)");
        rejects(List.of("changes", "one", "x"), "element 2: of another kind (expected: an integer)");
        rejects(List.of("changes", "one", 1L, List.of("x")), "message: no array (expected: an array)");
        rejects(
                List.of("state", "one", 1L, -1L, 1L, List.of()),
                "element 3: of another kind (expected: 0..2147483647)");
        rejects(List.of("connections?", "one", 1L, "anna"), "user: anna (expected: role:id)");
        rejects("changes", "message: no array (expected: an array)");
    }

    private static void rejects(Object value, String message) {
        assertThatThrownBy(() -> NodeMessageCodec.decode(ValueCodec.msgpack(value)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(message);
    }

    @Test
    void changedBytesAreAMessageOrRejected() {
        var random = new Random(11);
        for (var round = 0; round < 20_000; round++) {
            var messages = messages();
            var bytes = NodeMessageCodec.encode(messages.get(random.nextInt(messages.size())));
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            var changed = Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
            try {
                assertThat(NodeMessageCodec.decode(changed)).isNotNull();
            } catch (ProtocolException e) {
                assertThat(e.getMessage()).isNotEmpty();
            }
        }
    }
}
