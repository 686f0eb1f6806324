package waybill.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import waybill.socketio.ValueCodec;
import waybill.socketio.adapter.ProtocolException;
import waybill.socketio.adapter.Target;
import waybill.socketio.redis.LatestFormat.Item;
import waybill.socketio.redis.LatestFormat.NodeInterest;

/// What a node tells of its rooms, and what another makes of it.
class InterestTest {

    private static final String NAMESPACE = "/orders";

    private final Interest interest = new Interest();
    private final LatestPeer peer = new LatestPeer();

    @Test
    void aRoomIsNeededFromItsFirstMemberToTheNextBeatAfterItsLast() throws ProtocolException {
        tellAll();
        assertThat(needs("kitchen")).isFalse();
        assertThat(interest.open(NAMESPACE, "kitchen")).isTrue();
        assertThat(interest.open(NAMESPACE, "kitchen"))
                .as("on another event loop")
                .isFalse();
        tell(Optional.empty(), interest.takeOpened());
        assertThat(needs("kitchen")).isTrue();
        assertThat(needs("cellar", "kitchen")).isTrue();
        assertThat(needs("cellar")).isFalse();
        interest.close(NAMESPACE, "kitchen");
        tellAll();
        assertThat(needs("kitchen")).isTrue();
        interest.close(NAMESPACE, "kitchen");
        tellAll();
        assertThat(needs("kitchen")).isFalse();
        assertThat(interest.takeOpened()).isEmpty();
    }

    @Test
    void aTargetWithoutRoomsIsAllSockets() throws ProtocolException {
        interest.open(NAMESPACE, "kitchen");
        tellAll();
        assertThat(needs()).isFalse();
        interest.open(NAMESPACE, "");
        tellAll();
        assertThat(needs()).isTrue();
    }

    @Test
    void mostNodesThatDoNotNeedARoomAreNotSentIt() throws ProtocolException {
        IntStream.range(0, 30_000).forEach(i -> interest.open(NAMESPACE, "order:" + i));
        tellAll();
        assertThat(IntStream.range(0, 30_000)).allMatch(i -> needs("order:" + i));
        assertThat(IntStream.range(30_000, 40_000).filter(i -> needs("order:" + i)))
                .hasSizeBetween(1_500, 2_500);
    }

    private boolean needs(String... rooms) {
        return peer.needsAny(Interest.partitions(NAMESPACE, new Target(Set.of(rooms), Set.of())));
    }

    private void tellAll() throws ProtocolException {
        tell(Optional.of(interest.all()), List.of());
    }

    private void tell(Optional<BitSet> all, List<Integer> opened) throws ProtocolException {
        var message = LatestFormat.encode(new NodeInterest("two", Set.of(NAMESPACE), all, opened));
        peer.onInterest(LatestFormat.decodeInterest(message));
        assertThat(peer.serves(NAMESPACE)).isTrue();
        assertThat(peer.serves("/")).isFalse();
    }

    @Test
    void itemsAreDecodedAsTheyWere() throws ProtocolException {
        var items = LatestFormat.decodeItems(LatestFormat.encode(
                "one", List.of(new Item("/", ByteBuffer.allocate(1)), new Item(NAMESPACE, ByteBuffer.allocate(300)))));
        assertThat(items).extracting(Item::namespace).containsExactly("/", NAMESPACE);
        assertThat(items).extracting(item -> item.message().remaining()).containsExactly(1, 300);
    }

    @Test
    void whatIsMalformedIsRejected() {
        var tooMany = new byte[Interest.PARTITIONS / Byte.SIZE + 1];
        tooMany[tooMany.length - 1] = 1;
        rejects(List.of("two"), "message: no array of 4 (expected: one)");
        rejects(List.of("two", List.of(), tooMany, List.of()), "bits: 131073 (expected: at most 131072)");
        rejects(List.of("two", List.of(), 1L, List.of(-1L)), "partition: -1 (expected: 0..131071)");
        assertThatThrownBy(() -> LatestFormat.decodeItems(ValueCodec.msgpack(List.of("two", List.of("item")))))
                .isInstanceOf(ProtocolException.class);
        var random = new Random(5);
        for (var round = 0; round < 10_000; round++) {
            var bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            assertThatThrownBy(() -> LatestFormat.decodeInterest(bytes)).isInstanceOf(ProtocolException.class);
        }
    }

    private static void rejects(List<?> message, String reason) {
        assertThatThrownBy(() -> LatestFormat.decodeInterest(ValueCodec.msgpack(message)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage(reason);
    }
}
