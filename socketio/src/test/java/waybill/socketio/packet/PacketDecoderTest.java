package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import waybill.socketio.adapter.Packet;
import waybill.socketio.adapter.PacketLimits;
import waybill.socketio.adapter.ProtocolException;

class PacketDecoderTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final PacketDecoder decoder = decoder(2);

    @Test
    void aPlainPacketIsCompleteAtOnce() throws ProtocolException {
        assertThat(decoder.decodeText("2[\"a\"]"))
                .isEqualTo(new Packet.Event("/", Packet.NO_ACK, JsonArray.ofTrusted("[\"a\"]"), List.of()));
    }

    @Test
    void aPacketIsCompleteWithItsLastAttachment() throws ProtocolException {
        assertThat(decoder.decodeText("52-/caps,7[\"a\",{\"_placeholder\":true,\"num\":0}]"))
                .isNull();
        assertThat(decoder.decodeBinary(ONE)).isNull();
        assertThat(decoder.decodeBinary(TWO)).isInstanceOfSatisfying(Packet.Event.class, event -> {
            assertThat(event.namespace()).isEqualTo("/caps");
            assertThat(event.ackId()).isEqualTo(7);
            assertThat(event.attachments()).containsExactly(ONE, TWO);
            assertThat(JsonArray.of(event.data()).value(1, event.attachments())).isSameAs(ONE);
        });
    }

    @Test
    void anAckIsCompleteWithItsLastAttachment() throws ProtocolException {
        assertThat(decoder.decodeText("61-7[]")).isNull();
        assertThat(decoder.decodeBinary(ONE))
                .isInstanceOfSatisfying(
                        Packet.AckPacket.class,
                        ack -> assertThat(ack.attachments()).containsExactly(ONE));
    }

    private static PacketDecoder decoder(int attachmentsMax) {
        return new PacketDecoder(PacketLimits.defaults().withAttachmentsMax(attachmentsMax), _ -> true);
    }

    @Test
    void aPacketThatAnnouncesNoAttachmentsIsRefused() {
        assertThatThrownBy(() -> decoder.decodeText("50-[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("attachments: none (expected: at least 1 in a binary packet)");
    }

    @Test
    void aPacketMayBeAsLargeAsItsLimitTogetherWithItsAttachmentsAndNoLarger() throws ProtocolException {
        var head = "52-[\"a\"]";
        int room = 100 - head.length();
        var small = new PacketDecoder(PacketLimits.defaults().withBytesMax(100), _ -> true);
        assertThat(small.decodeText(head)).isNull();
        assertThat(small.decodeBinary(new byte[room - 1])).isNull();
        assertThat(small.decodeBinary(ONE)).isNotNull();
        assertThat(small.decodeText(head)).isNull();
        assertThat(small.decodeBinary(new byte[room - 1])).isNull();
        assertThatThrownBy(() -> small.decodeBinary(new byte[2]))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("packet: too large with its attachments (expected: at most 100 bytes)");
    }

    @Test
    void nothingIsGatheredForANamespaceThatWasNotJoined() {
        var strict = new PacketDecoder(PacketLimits.defaults(), namespace -> {
            throw new ProtocolException("not joined: " + namespace);
        });
        assertThatThrownBy(() -> strict.decodeText("51-/caps,[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("not joined: /caps");
        assertThatThrownBy(() -> strict.decodeBinary(ONE)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void attachmentsForANamespaceThatWasLeftAreDroppedAsTheyCome() throws ProtocolException {
        var left = new PacketDecoder(PacketLimits.defaults(), namespace -> !namespace.equals("/left"));
        assertThat(left.decodeText("52-/left,[\"a\"]")).isNull();
        assertThat(left.decodeBinary(ONE)).isNull();
        assertThat(left.decodeBinary(TWO)).isNull();
        assertThat(left.decodeText("51-/here,[\"a\"]")).isNull();
        assertThat(left.decodeBinary(ONE)).isNotNull();
    }

    @Test
    void aPlaceholderForAnAttachmentThatWasNotAnnouncedIsRefusedAtOnce() {
        assertThatThrownBy(() -> decoder.decodeText("51-[\"a\",{\"_placeholder\":true,\"num\":1}]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("placeholder without an attachment (expected: num 0..0)");
    }

    @Test
    void authThatIsTooLongOrTooDeepIsRefused() {
        var limits = PacketLimits.defaults().withAuthMax(20).withDepthMax(3);
        var strict = new PacketDecoder(limits, _ -> true);
        assertThatThrownBy(() -> strict.decodeText("0{\"token\":\"" + "x".repeat(10) + "\"}"))
                .hasMessage("auth: 22 characters (expected: at most 20)");
        assertThatThrownBy(() -> strict.decodeText("0{\"a\":{\"b\":{\"c\":1}}}"))
                .hasMessageContaining("nests too deep");
    }

    /// The deepest that is let through can be read by the application too.
    @Test
    void authNestsAsDeepAsTheLimitAndNoDeeper() throws ProtocolException {
        for (int depth : new int[] {126, 127, 128, 129}) {
            var scalar = "0" + "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
            var empty = "0" + "{\"a\":".repeat(depth - 1) + "{}" + "}".repeat(depth - 1);
            if (depth < 128) {
                assertThat(decoder.decodeText(scalar)).isNotNull();
            } else {
                assertThatThrownBy(() -> decoder.decodeText(scalar)).hasMessageContaining("nests too deep");
            }
            if (depth < 129) {
                assertThat(decoder.decodeText(empty)).isNotNull();
            } else {
                assertThatThrownBy(() -> decoder.decodeText(empty)).hasMessageContaining("nests too deep");
            }
        }
    }

    /// However much comes behind it: what is refused is not read to its end.
    @Test
    void anEventWithTooLongANameIsRefused() throws ProtocolException {
        var strict = new PacketDecoder(PacketLimits.defaults().withEventMax(6), _ -> true);
        for (var name : List.of("\"names!\"", "\"na\\\"me\"", "123456", " \"\" ")) {
            assertThat(strict.decodeText("2[" + name + "]")).isNotNull();
            assertThat(strict.decodeText("27[" + name + ",\"" + "x".repeat(1_000) + "\"]"))
                    .isNotNull();
        }
        for (var name : List.of("\"longer!\"", "\"long\\\"r\"", "1234567", "\n\"longer!\"", "\"without end")) {
            assertThatThrownBy(() -> strict.decodeText("2/caps,[" + name + ",1]"))
                    .as(name)
                    .isInstanceOf(ProtocolException.class)
                    .hasMessage("event: a longer name (expected: at most 6 characters)");
        }
    }

    @Test
    void aNamespaceWithTooLongANameIsRefused() throws ProtocolException {
        assertThat(decoder.decodeText("0/" + "x".repeat(255) + "?token=" + "y".repeat(1_000) + ","))
                .isNotNull();
        assertThatThrownBy(() -> decoder.decodeText("0/" + "x".repeat(256)))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("namespace: 257 characters (expected: at most 256)");
    }

    @Test
    void packetsFollowEachOther() throws ProtocolException {
        for (int i = 0; i < 3; i++) {
            assertThat(decoder.decodeText("51-[\"a\"]")).isNull();
            assertThat(decoder.decodeBinary(ONE))
                    .isInstanceOfSatisfying(
                            Packet.Event.class,
                            event -> assertThat(event.attachments()).containsExactly(ONE));
            assertThat(decoder.decodeText("2[\"b\"]")).isNotNull();
        }
    }

    @Test
    void anUnannouncedAttachmentIsRejected() throws ProtocolException {
        assertThatThrownBy(() -> decoder.decodeBinary(ONE))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("binary message (expected: none, as no packet announced one)");
        assertThat(decoder.decodeText("51-[\"a\"]")).isNull();
        assertThat(decoder.decodeBinary(ONE)).isNotNull();
        assertThatThrownBy(() -> decoder.decodeBinary(TWO)).isInstanceOf(ProtocolException.class);
    }

    @Test
    void aTextBeforeTheLastAttachmentIsRefused() throws ProtocolException {
        assertThat(decoder.decodeText("52-[\"a\"]")).isNull();
        assertThat(decoder.decodeBinary(ONE)).isNull();
        assertThatThrownBy(() -> decoder.decodeText("2[\"b\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("text message (expected: 1 more attachments)");
    }

    @Test
    void moreAttachmentsThanAllowedAreRefusedWhenTheyAreAnnounced() {
        assertThatThrownBy(() -> decoder.decodeText("53-[\"a\"]"))
                .isInstanceOf(ProtocolException.class)
                .hasMessage("attachments: too many (expected: at most 2)");
    }

    /// Two receivers of one binary broadcast read the same packet, neither of them changing it for the other.
    @Test
    void aPacketsAttachmentsAreNotToBeChanged() throws ProtocolException {
        assertThat(decoder.decodeText("51-[\"a\"]")).isNull();
        assertThat(decoder.decodeBinary(ONE))
                .isInstanceOfSatisfying(
                        Packet.Event.class,
                        event -> assertThatThrownBy(() -> event.attachments().add(TWO))
                                .isInstanceOf(UnsupportedOperationException.class));
    }
}
