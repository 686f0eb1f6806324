package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;
import static waybill.socketio.room.Outbox.OfferResult.OVERFLOW;
import static waybill.socketio.room.Outbox.OfferResult.QUEUED;
import static waybill.socketio.room.Outbox.OfferResult.REPLACED;

import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.FrameKind;
import waybill.socketio.adapter.FrameOptions;
import waybill.socketio.room.Outbox.OfferResult;

class OutboxTest {

    private static final int FRAMES_MAX = 3;
    private static final int BYTES_MAX = 100;

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    private final Outbox outbox = new Outbox(FRAMES_MAX, BYTES_MAX);

    @AfterEach
    void assertBuffersReleased() {
        outbox.clear();
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @Test
    void reliableFramesComeOutAsTheyWentIn() {
        assertThat(reliable("a")).isEqualTo(QUEUED);
        assertThat(reliable("b")).isEqualTo(QUEUED);
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(drained()).containsExactly("a", "b");
    }

    @Test
    void aSlowWatcherSkipsToTheNewestPosition() {
        assertThat(latest("driver:7", "7 at A")).isEqualTo(QUEUED);
        assertThat(latest("driver:8", "8 at A")).isEqualTo(QUEUED);
        assertThat(latest("driver:7", "7 at B")).isEqualTo(REPLACED);
        assertThat(outbox.size()).isEqualTo(2);
        assertThat(drained()).containsExactly("8 at A", "7 at B");
    }

    @Test
    void reliableFramesOvertakePositions() {
        latest("driver:7", "position");
        reliable("delivered");
        assertThat(drained()).containsExactly("delivered", "position");
    }

    @Test
    void framesAreLimited() {
        for (int i = 0; i < FRAMES_MAX; i++) {
            assertThat(reliable("r" + i)).isEqualTo(QUEUED);
        }
        assertThat(reliable("one too many")).isEqualTo(OVERFLOW);
        assertThat(drained()).containsExactly("r0", "r1", "r2");
        assertThat(reliable("again")).isEqualTo(QUEUED);
    }

    @Test
    void bytesAreLimited() {
        assertThat(reliable("x".repeat(BYTES_MAX - 2))).isEqualTo(QUEUED); // with its header
        assertThat(reliable("")).isEqualTo(QUEUED); // no bytes at all
        assertThat(reliable("y")).isEqualTo(OVERFLOW);
        assertThat(drained()).hasSize(2);
        assertThat(reliable("y")).as("once there is room again").isEqualTo(QUEUED);
    }

    @Test
    void aFrameOverTheByteLimitOverflows() {
        assertThat(reliable("x".repeat(BYTES_MAX))).isEqualTo(OVERFLOW);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void keysAreLimited() {
        for (int i = 0; i < FRAMES_MAX; i++) {
            assertThat(latest("driver:" + i, "A")).isEqualTo(QUEUED);
        }
        assertThat(latest("driver:x", "A")).isEqualTo(OVERFLOW);
        assertThat(latest("driver:0", "B")).as("a key that has its place").isEqualTo(REPLACED);
        assertThat(drained()).containsExactly("A", "A", "B");
    }

    @Test
    void latestFramesDoNotCountAgainstReliableFrames() {
        for (int i = 0; i < FRAMES_MAX; i++) {
            latest("driver:" + i, "x".repeat(BYTES_MAX));
        }
        assertThat(reliable("r")).isEqualTo(QUEUED);
    }

    @Test
    void aFrameIsReleasedWhenPolled() {
        var first = frame(FrameOptions.RELIABLE.withKey("k"), "first");
        var second = frame(FrameOptions.RELIABLE.withKey("k"), "second");
        outbox.offer(first);
        first.release();
        assertThat(first.wire().refCnt()).isEqualTo(1);
        outbox.offer(second);
        assertThat(first.wire().refCnt()).as("replaced").isZero();
        outbox.clear();
        assertThat(second.wire().refCnt()).as("ours alone").isEqualTo(1);
        second.release();
    }

    private OfferResult reliable(String text) {
        return offer(frame(FrameOptions.RELIABLE, text));
    }

    private OfferResult latest(String key, String text) {
        var frame = frame(FrameOptions.RELIABLE.withKey(key), text);
        assertThat(frame.kind()).isEqualTo(FrameKind.LATEST);
        return offer(frame);
    }

    private OfferResult offer(Frame frame) {
        var became = outbox.offer(frame);
        frame.release();
        return became;
    }

    private Frame frame(FrameOptions options, String text) {
        return Frame.of(allocator, "", text, List.of(), options);
    }

    private List<String> drained() {
        var texts = new ArrayList<String>();
        for (var frame = outbox.poll(); frame != null; frame = outbox.poll()) {
            texts.add(frame.text());
            frame.release();
        }
        return texts;
    }
}
