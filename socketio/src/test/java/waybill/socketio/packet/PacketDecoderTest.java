package waybill.socketio.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class PacketDecoderTest {

    private static final byte[] ONE = {1};
    private static final byte[] TWO = {2};

    private final PacketDecoder decoder = new PacketDecoder(2);

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

    @Test
    void aPacketThatAnnouncesNoAttachmentsWaitsForNone() throws ProtocolException {
        assertThat(decoder.text("50-[\"a\"]")).isNotNull();
        assertThat(decoder.text("2[\"b\"]")).isNotNull();
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
