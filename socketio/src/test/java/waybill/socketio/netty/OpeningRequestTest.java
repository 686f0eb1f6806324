package waybill.socketio.netty;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import org.junit.jupiter.api.Test;
import waybill.socketio.packet.StringCache;

class OpeningRequestTest {

    private static final String LONG = "x".repeat(10_000);

    @Test
    void secretsAndLongValuesAreDroppedAfterAWhile() {
        var http = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1,
                HttpMethod.GET,
                "/socket.io/?EIO=4&token=s3cret&profile=phase2&junk=" + LONG + "&transport=websocket");
        http.headers()
                .set("Host", "hub.example")
                .set("Authorization", "Bearer s3cret")
                .set("Cookie", "id=s3cret")
                .set("X-Junk", LONG)
                .set("User-Agent", "phone");
        var request = new OpeningRequest(http, null, new StringCache());
        assertThat(request.query("token")).isEqualTo("s3cret");
        assertThat(request.header("authorization")).isEqualTo("Bearer s3cret");
        assertThat(request.header("x-junk")).isEqualTo(LONG);
        assertThat(request.sizeBytes()).isGreaterThan(20_000);

        request.dropSecrets();

        assertThat(request.uri()).isEqualTo("/socket.io/?EIO=4&profile=phase2&transport=websocket");
        assertThat(request.header("host")).isEqualTo("hub.example");
        assertThat(request.header("user-agent")).isEqualTo("phone");
        assertThat(request.header("authorization")).isNull();
        assertThat(request.header("cookie")).isNull();
        assertThat(request.header("x-junk")).isNull();
        assertThat(request.sizeBytes()).isLessThan(200);
    }

    @Test
    void aShortRequestIsUnchanged() {
        var http = new DefaultHttpRequest(
                HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/?EIO=4&transport=polling&a=%C3%A9&b");
        http.headers().set("Host", "hub.example");
        var request = new OpeningRequest(http, null, new StringCache());
        var uri = request.uri();
        request.dropSecrets();
        assertThat(request.uri()).isSameAs(uri);
        assertThat(request.header("host")).isEqualTo("hub.example");
    }

    @Test
    void manyShortHeadersAreCutToAFew() {
        var http = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/socket.io/?EIO=4");
        for (int i = 0; i < 500; i++) {
            http.headers().set("X-" + i, "value");
        }
        var request = new OpeningRequest(http, null, new StringCache());
        request.dropSecrets();
        assertThat(request.sizeBytes()).isLessThan(2_100);
        assertThat(request.header("x-0")).isEqualTo("value");
    }
}
