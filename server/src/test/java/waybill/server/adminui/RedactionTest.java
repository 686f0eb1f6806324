package waybill.server.adminui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token",
                "accessToken",
                "id_token",
                "clientSecret",
                "password",
                "passwd",
                "Authorization",
                "Cookie",
                "pin",
                "PIN",
                "pinCode",
                "otp",
                "apiKey",
                "sessionId",
                "signature",
                "photo",
                "auth"
            })
    void aSecretIsHiddenHoweverDeep(String name) {
        var value = Map.of("order", List.of(Map.of(name, Map.of("s", "s3cret")), Map.of(name, "s3cret")));
        assertThat(String.valueOf(Redaction.value(value))).contains(name).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shippingAddress", "pinned", "code", "author", "orderId"})
    void otherNamesAreShown(String name) {
        assertThat(Redaction.value(Map.of(name, "seen"))).isEqualTo(Map.of(name, "seen"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYXJpIn0.c2lnbmF0dXJl",
                "Bearer abc",
                "https://hub.example/t/Zm9vYmFyYmF6",
                "see eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJrYXJpIn0.c2ln"
            })
    void aTextThatIsASecretIsHiddenUnderAnyName(String text) {
        assertThat(Redaction.value(Arrays.asList(text, Map.of("note", text), 7L, null)))
                .isEqualTo(Arrays.asList("[hidden]", Map.of("note", "[hidden]"), 7L, null));
    }

    @Test
    void bytesAreToldByTheirNumber() {
        assertThat(Redaction.value(new byte[3])).isEqualTo("(3 bytes)");
    }

    @Test
    void headersAndParametersAreShownByAListOfNames() {
        assertThat(Redaction.header("User-Agent", "curl")).isEqualTo("curl");
        assertThat(Redaction.header("x-amz-security", "s3cret")).isEqualTo("[hidden]");
        assertThat(Redaction.header("referer", "http://shop.example/?key=1")).isEqualTo("[hidden]");
        assertThat(Redaction.parameter("transport", "polling")).isEqualTo("polling");
        assertThat(Redaction.parameter("access_token", "s3cret")).isEqualTo("[hidden]");
        assertThat(Redaction.header("user-agent", "x".repeat(1_000))).hasSize(301);
    }
}
