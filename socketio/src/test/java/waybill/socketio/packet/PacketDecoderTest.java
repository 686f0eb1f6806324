package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final PacketDecoder decoder = decoder(2);

    @Test
    void aPlainPacketIsWholeAtOnce() throws ProtocolException {
        assertThat(decoder.text("2[\"a\"]"))
                .isEqualTo(new Packet.Event("/", Packet.NO_ACK, JsonArray.trusted("[\"a\"]"), List.of()));
    }

    @Test
    void aPacketWithAttachmentsIsWholeWithTheLastOfThem() throws ProtocolException {
        assertThat(decoder.text("52-/caps,7[\"a\",{\"_placeholder\":true,\"num\":0}]"))
                .isNull();
        assertThat(decoder.binary(ONE)).isNull();
        assertThat(decoder.binary(TWO)).isInstanceOfSatisfying(Packet.Event.class, event -> {
            assertThat(event.namespace()).isEqualTo("/caps");
            assertThat(event.ackId()).isEqualTo(7);
            assertThat(event.attachments()).containsExactly(ONE, TWO);
            assertThat(event.data().value(1, event.attachments())).isSameAs(ONE);
        });
    }

    @Test
    void anAckWithAttachmentsIsWholeWithTheLastOfThem() throws ProtocolException {
        assertThat(decoder.text("61-7[]")).isNull();
        assertThat(decoder.binary(ONE))
                .isInstanceOfSatisfying(
                        Packet.Ack.class, ack -> assertThat(ack.attachments()).containsExactly(ONE));
    }

    private static PacketDecoder decoder(int attachmentsMax) {
        return new PacketDecoder(PacketLimits.defaults().withAttachmentsMax(attachmentsMax), _ -> true);
    }

    @Test
    void aPacketThatAnnouncesNoAttachmentsIsRefused() {
        assertThatThrownBy(() -> decoder.text("50-[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("attachments: none (expected: at least 1 in a binary packet)");
    }

    @Test
    void aPacketMayBeAsLargeAsItsLimitTogetherWithItsAttachmentsAndNoLarger() throws ProtocolException {
        var head = "52-[\"a\"]";
        int room = 100 - head.length();
        var small = new PacketDecoder(PacketLimits.defaults().withBytesMax(100), _ -> true);
        assertThat(small.text(head)).isNull();
        assertThat(small.binary(new byte[room - 1])).isNull();
        assertThat(small.binary(ONE)).isNotNull();
        assertThat(small.text(head)).isNull();
        assertThat(small.binary(new byte[room - 1])).isNull();
        assertThatThrownBy(() -> small.binary(new byte[2]))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("packet: too large with its attachments (expected: at most 100 bytes)");
    }

    @Test
    void nothingIsGatheredForANamespaceThatWasNotJoined() {
        var strict = new PacketDecoder(PacketLimits.defaults(), namespace -> {
            throw new ProtocolException("not joined: " + namespace);
        });
        assertThatThrownBy(() -> strict.text("51-/caps,[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("not joined: /caps");
        assertThatThrownBy(() -> strict.binary(ONE)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void attachmentsForANamespaceThatWasLeftAreDroppedAsTheyCome() throws ProtocolException {
        var left = new PacketDecoder(PacketLimits.defaults(), namespace -> !namespace.equals("/left"));
        assertThat(left.text("52-/left,[\"a\"]")).isNull();
        assertThat(left.binary(ONE)).isNull();
        assertThat(left.binary(TWO)).isNull();
        assertThat(left.text("51-/here,[\"a\"]")).isNull();
        assertThat(left.binary(ONE)).isNotNull();
    }

    @Test
    void aPlaceholderForAnAttachmentThatWasNotAnnouncedIsRefusedAtOnce() {
        assertThatThrownBy(() -> decoder.text("51-[\"a\",{\"_placeholder\":true,\"num\":1}]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("placeholder without an attachment (expected: num 0..0)");
    }

    @Test
    void authThatIsTooLongOrTooDeepIsRefused() {
        var limits = PacketLimits.defaults().withAuthMax(20).withDepthMax(3);
        var strict = new PacketDecoder(limits, _ -> true);
        assertThatThrownBy(() -> strict.text("0{\"token\":\"" + "x".repeat(10) + "\"}"))
                .hasMessage("auth: 22 characters (expected: at most 20)");
        assertThatThrownBy(() -> strict.text("0{\"a\":{\"b\":{\"c\":1}}}")).hasMessageContaining("nests too deep");
    }

    /// The deepest that is let through can be read by the application too.
    @Test
    void authNestsAsDeepAsTheLimitAndNoDeeper() throws ProtocolException {
        for (int depth : new int[] {126, 127, 128, 129}) {
            var scalar = "0" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            var empty = "0" + "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
            if (depth < 128) {
                assertThat(decoder.text(scalar)).isNotNull();
            } else {
                assertThatThrownBy(() -> decoder.text(scalar)).hasMessageContaining("nests too deep");
            }
            if (depth < 129) {
                assertThat(decoder.text(empty)).isNotNull();
            } else {
                assertThatThrownBy(() -> decoder.text(empty)).hasMessageContaining("nests too deep");
            }
        }
    }

    @Test
    void aNamespaceWithTooLongANameIsRefused() throws ProtocolException {
        assertThat(decoder.text("0/" + "x".repeat(255) + "?token=" + "y".repeat(1_000) + ","))
                .isNotNull();
        assertThatThrownBy(() -> decoder.text("0/" + "x".repeat(256)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("namespace: 257 characters (expected: at most 256)");
    }

    @Test
    void packetsFollowEachOther() throws ProtocolException {
        for (int i = 0; i < 3; i++) {
            assertThat(decoder.text("51-[\"a\"]")).isNull();
            assertThat(decoder.binary(ONE))
                    .isInstanceOfSatisfying(
                            Packet.Event.class,
                            event -> assertThat(event.attachments()).containsExactly(ONE));
            assertThat(decoder.text("2[\"b\"]")).isNotNull();
        }
    }

    @Test
    void anAttachmentThatNobodyAnnouncedIsRefused() throws ProtocolException {
        assertThatThrownBy(() -> decoder.binary(ONE))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("binary message (expected: none, as no packet announced one)");
        assertThat(decoder.text("51-[\"a\"]")).isNull();
        assertThat(decoder.binary(ONE)).isNotNull();
        assertThatThrownBy(() -> decoder.binary(TWO)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aTextBeforeTheLastAttachmentIsRefused() throws ProtocolException {
        assertThat(decoder.text("52-[\"a\"]")).isNull();
        assertThat(decoder.binary(ONE)).isNull();
        assertThatThrownBy(() -> decoder.text("2[\"b\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("text message (expected: 1 more attachments)");
    }

    @Test
    void moreAttachmentsThanAllowedAreRefusedWhenTheyAreAnnounced() {
        assertThatThrownBy(() -> decoder.text("53-[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("attachments: too many (expected: at most 2)");
    }

    /// Two receivers of one binary broadcast read the same packet, neither of them changing it for the other.
    @Test
    void aPacketsAttachmentsAreNotToBeChanged() throws ProtocolException {
        assertThat(decoder.text("51-[\"a\"]")).isNull();
        assertThat(decoder.binary(ONE))
                .isInstanceOfSatisfying(
                        Packet.Event.class,
                        event -> assertThatThrownBy(() -> event.attachments().add(TWO))
                                .isInstanceOf(UnsupportedOperationException.class));
    }
}
