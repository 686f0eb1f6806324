package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginPolicyTest {

    @ParameterizedTest
    @CsvSource({
        "https://hub.example, hub.example, true",
        "https://hub.example, hub.example:443, true",
        "https://hub.example:443, hub.example, true",
        "https://HUB.example, hub.Example, true",
        "http://10.0.2.2:9001, 10.0.2.2:9001, true",
        "http://[::1]:9001, [::1]:9001, true",
        "http://[::1], [::1], true",
        "http://hub.example, hub.example:443, false",
        "https://hub.example:9001, hub.example, false",
        "https://evil.example, hub.example, false",
        "https://hub.example.evil.example, hub.example, false",
        "capacitor://hub.example, hub.example, false",
        "null, hub.example, false",
        "'', hub.example, false",
        "https://hub.example, , false"
    })
    void anOriginIsOwnWhenItNamesTheServerAsTheRequestDoes(String origin, String host, boolean own) {
        assertThat(OriginPolicy.isOwn(origin, host)).isEqualTo(own);
    }

    @Test
    void corsHeadersAllowCredentials() {
        var origins = OriginPolicy.of(Set.of("https://app.example"));
        var headers = corsHeaders(origins, "https://app.example");
        assertThat(headers.get("access-control-allow-origin")).isEqualTo("https://app.example");
        assertThat(headers.get("access-control-allow-credentials")).isEqualTo("true");
        assertThat(headers.get("vary")).isEqualTo("Origin");
        assertThat(corsHeaders(origins, "https://evil.example").isEmpty()).isTrue();
    }

    @Test
    void whereAnyOriginMayConnectNoneDoesWithCredentials() {
        var headers = corsHeaders(OriginPolicy.any(), "https://evil.example");
        assertThat(headers.get("access-control-allow-origin")).isEqualTo("*");
        assertThat(headers.contains("access-control-allow-credentials")).isFalse();
    }

    private static HttpHeaders corsHeaders(OriginPolicy origins, String origin) {
        var response = new DefaultHttpHeaders();
        origins.writeHeaders(new DefaultHttpHeaders().set("Origin", origin).set("Host", "hub.example"), response);
        return response;
    }
}
