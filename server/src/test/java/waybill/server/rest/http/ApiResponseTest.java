package waybill.server.rest.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.internal.buffer.BufferInternal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiResponseTest {

    @Test
    void aBodyIsEncodedInOneBufferOfItsSize() {
        for (var character : List.of("a", "ø", "写", "\ud83d\ude9a")) {
            for (var padding : List.of("", "x")) {
                var body = padding + character.repeat(300_000);
                var encoded = (BufferInternal) ApiResponse.ok(body).encodedBody();
                assertThat(encoded.toString(UTF_8)).isEqualTo(body + "\n");
                assertThat(encoded.getByteBuf().capacity()).isEqualTo(encoded.length());
            }
        }
    }

    @Test
    void anEmptyBodyAndATextHaveNoLineEnd() {
        assertThat(ApiResponse.noContent().encodedBody().length()).isZero();
        assertThat(new ApiResponse(200, "text/plain", "a", Map.of()).encodedBody())
                .hasToString("a");
    }
}
