package waybill.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProxyHeaderTest {

    private static final String V2 = "0d0a0d0a000d0a515549540a";

    @Test
    void version1HasTheSourceAddress() {
        var line = "PROXY TCP4 198.51.100.1 10.0.0.1 5000 9001\r\n";
        assertThat(text(line + "GET / HTTP/1.1")).isEqualTo(present(line.length(), "198.51.100.1"));
        var six = "PROXY TCP6 2001:db8::5 ::1 5000 9001\r\n";
        assertThat(text(six)).isEqualTo(present(six.length(), "2001:db8::5"));
        assertThat(text("PROXY UNKNOWN\r\n")).isEqualTo(new ProxyHeader.Result.Present(new ProxyHeader(15, null)));
    }

    @Test
    void version2HasTheSourceAddress() {
        assertThat(hex(V2 + "2111000c" + "c6336401" + "0a000001" + "13882329" + "4745"))
                .isEqualTo(present(28, "198.51.100.1"));
        assertThat(hex(V2 + "2121" + "0027" + "20010db8000000000000000000000005" + "0".repeat(31) + "1" + "13882329"
                        + "040000"))
                .isEqualTo(present(16 + 39, "2001:db8::5"));
        assertThat(hex(V2 + "20000000")).isEqualTo(new ProxyHeader.Result.Present(new ProxyHeader(16, null)));
        assertThat(hex(V2 + "2131" + "0000")).isEqualTo(new ProxyHeader.Result.Present(new ProxyHeader(16, null)));
    }

    @Test
    void whatMayYetBecomeAHeaderIsWaitedFor() {
        var line = "PROXY TCP4 198.51.100.1 10.0.0.1 5000 9001\r\n";
        for (var i = 0; i < line.length(); i++) {
            assertThat(text(line.substring(0, i)))
                    .as(line.substring(0, i))
                    .isEqualTo(new ProxyHeader.Result.Incomplete());
        }
        var whole = V2 + "2111000c" + "c6336401" + "0a000001" + "13882329";
        for (var i = 0; i < whole.length(); i += 2) {
            assertThat(hex(whole.substring(0, i))).isEqualTo(new ProxyHeader.Result.Incomplete());
        }
    }

    @Test
    void anHttpRequestIsNoHeader() {
        for (var request : List.of("GET / HTTP/1.1\r\n", "PUT /", "PATCH /", "PROPFIND /", "POST /")) {
            assertThat(text(request)).as(request).isEqualTo(new ProxyHeader.Result.Absent());
        }
    }

    @Test
    void whatIsNeitherIsMalformed() {
        for (var line : List.of(
                "PROXY \r\n",
                "PROXY TCP4\r\n",
                "PROXY TCP4 x y 1 2\r\n",
                "PROXY TCP4 198.51.100.1 10.0.0.1 5000 9001\n",
                "PROXY UDP4 198.51.100.1 10.0.0.1 5000 9001\r\n",
                "PROXY " + "x".repeat(200))) {
            assertThat(text(line)).as(line).isEqualTo(new ProxyHeader.Result.Malformed());
        }
        assertThat(hex(V2 + "1111000c")).as("a version to come").isEqualTo(new ProxyHeader.Result.Malformed());
        assertThat(hex(V2 + "2111ffff")).as("too long").isEqualTo(new ProxyHeader.Result.Malformed());
        assertThat(hex(V2 + "21110004c6336401")).as("too short").isEqualTo(new ProxyHeader.Result.Malformed());
    }

    private static ProxyHeader.Result present(int length, String source) {
        return new ProxyHeader.Result.Present(new ProxyHeader(length, InetAddress.ofLiteral(source)));
    }

    private static ProxyHeader.Result text(String bytes) {
        return ProxyHeader.parse(Unpooled.copiedBuffer(bytes, ISO_8859_1));
    }

    private static ProxyHeader.Result hex(String bytes) {
        return ProxyHeader.parse(Unpooled.wrappedBuffer(HexFormat.of().parseHex(bytes)));
    }
}
