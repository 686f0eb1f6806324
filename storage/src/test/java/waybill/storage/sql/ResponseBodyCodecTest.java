package waybill.storage.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Answers are kept small and read back to the letter.
class ResponseBodyCodecTest {

    private static final String ORDER = """
            {"orderId":"0199a3f4-5a1c-7b3e-9f24-1d2c3b4a5968","orderNumber":"WB-20260101-0042","storeId":"acme-widgets",\
            "externalId":"shop-4711","status":"pending","paid":false,"customerId":"nils","customerName":"Nils Holgersson",\
            "customerPhone":"+47 123 45 678","deliveryAddress":{"text":"Storgata 1, 0155 Oslo","latitude":59.9133,\
            "longitude":10.7522},"items":[{"productId":"pizza","name":"Pizza","quantity":2,"price":12.5}],\
            "totalAmount":25.0,"currency":"USD","createdAt":"2026-01-01T12:00:00.123Z","eventId":99}\
            """;

    @Test
    void aBodyIsDecodedUnchanged() {
        for (var body : List.of("", "{}", ORDER, "smørbrød 🍞", "x".repeat(1_000_000))) {
            assertThat(ResponseBodyCodec.decode(ResponseBodyCodec.encode(body))).isEqualTo(body);
        }
    }

    @Test
    void anUncompressedBodyOfAnOlderVersionIsDecoded() {
        assertThat(ResponseBodyCodec.decode(ORDER.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(ORDER);
        assertThat(ResponseBodyCodec.decode(new byte[0])).isEmpty();
    }

    @Test
    void anOrderCompressesToLessThanHalf() {
        assertThat(ResponseBodyCodec.encode(ORDER).length).isLessThan(ORDER.length() / 2);
    }

    @Test
    void aTruncatedBodyIsCorrupt() {
        var kept = ResponseBodyCodec.encode(ORDER);
        assertThatThrownBy(() -> ResponseBodyCodec.decode(Arrays.copyOf(kept, kept.length / 2)))
                .isInstanceOf(CorruptDataException.class);
    }
}
