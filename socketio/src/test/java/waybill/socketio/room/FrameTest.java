package waybill.socketio.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.socketio.adapter.FrameOptions;

class FrameTest {

    private final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);

    @AfterEach
    void assertBuffersReleased() {
        assertThat(allocator.metric().usedDirectMemory()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 124, 125, 126, 127, 128, 65_534, 65_535, 65_536, 65_537, 200_000})
    void aTextOfAnyLengthIsOneFrame(int length) {
        var frame = frame("4", "x".repeat(length - 1), List.of());
        assertThat(FrameReader.messages(frame.wire())).containsExactly("4" + "x".repeat(length - 1));
        assertThat(frame.text()).hasSize(length);
        frame.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536})
    void anAttachmentOfAnyLengthIsOneFrameBehindItsText(int length) {
        var frame = frame("451-", "[\"a\"]", List.of(new byte[length], new byte[] {1}));
        assertThat(FrameReader.messages(frame.wire()))
                .containsExactly("451-[\"a\"]", "<" + length + " bytes>", "<1 bytes>");
        assertThat(frame.text()).isEqualTo("451-[\"a\"]");
        frame.release();
    }

    @ParameterizedTest
    @ValueSource(ints = {41, 42, 62, 63, 21_844, 21_845, 21_846})
    void lengthsAreThoseOfBytesAndNotOfCharacters(int length) {
        for (var character : List.of("é", "漢", "😀")) {
            var text = character.repeat(length);
            var frame = frame("4", text, List.of());
            assertThat(FrameReader.messages(frame.wire())).containsExactly("4" + text);
            assertThat(frame.text()).isEqualTo("4" + text);
            frame.release();
        }
    }

    @Test
    void anAttachmentMayGoWithoutAText() {
        var frame = frame("", "", List.of(new byte[] {1, 2, 3}));
        assertThat(FrameReader.messages(frame.wire())).containsExactly("<3 bytes>");
        assertThat(frame.text()).isEmpty();
        frame.release();
    }

    @Test
    void aLoneSurrogateHasTheRightLength() {
        var frame = frame("4\ud83d", "\ude00\ud83d.", List.of(new byte[] {1}));
        assertThat(FrameReader.messages(frame.wire())).containsExactly("4???.", "<1 bytes>");
        frame.release();
    }

    @Test
    void bytesAreSharedAndGivenBackWithTheLastReference() {
        var frame = frame("4", "hello", List.of());
        var text = frame.retainedText();
        var kept = frame.retain();
        frame.release();
        kept.release();
        assertThat(text.toString(StandardCharsets.UTF_8)).isEqualTo("4hello");
        assertThat(frame.wire().refCnt()).isEqualTo(1);
        text.release();
        assertThat(frame.wire().refCnt()).isZero();
    }

    @Test
    void readingADuplicateLeavesTheFrameUnread() {
        var frame = frame("4", "hello", List.of());
        var first = frame.wire().retainedDuplicate();
        first.skipBytes(first.readableBytes());
        first.release();
        assertThat(frame.size()).isEqualTo(8);
        assertThat(FrameReader.messages(frame.wire())).containsExactly("4hello");
        frame.release();
    }

    @Test
    void onlyAnAmpleTextIsWorthCompressing() {
        var text = frame("4", "x".repeat(99), List.of());
        assertThat(text.isWorthCompressing(100)).isTrue();
        assertThat(text.isWorthCompressing(101)).isFalse();
        var binary = frame("4", "x".repeat(99), List.of(new byte[1]));
        assertThat(binary.isWorthCompressing(100)).isFalse();
        var plain = Frame.of(allocator, "4", "x".repeat(99), List.of(), FrameOptions.RELIABLE.withCompress(false));
        assertThat(plain.isWorthCompressing(100)).isFalse();
        List.of(text, binary, plain).forEach(Frame::release);
    }

    @Test
    void aCloseFrameCarriesItsCode() {
        assertBytes(Frame.close(allocator, 1009), 0x88, 2, 0x03, 0xF1);
    }

    @Test
    void aPongCarriesThePingsOwnData() {
        var ping = new DefaultByteBufHolder(Unpooled.wrappedBuffer(new byte[] {7, 8}));
        assertBytes(Frame.pong(allocator, ping), 0x8A, 2, 7, 8);
        assertThat(ping.content().readableBytes()).as("left unread").isEqualTo(2);
    }

    private static void assertBytes(ByteBuf frame, int... bytes) {
        assertThat(frame.readableBytes()).isEqualTo(bytes.length);
        for (int expected : bytes) {
            assertThat(frame.readUnsignedByte()).isEqualTo((short) expected);
        }
        frame.release();
    }

    private Frame frame(String head, String data, List<byte[]> attachments) {
        return Frame.of(allocator, head, data, attachments, FrameOptions.RELIABLE);
    }
}
