package waybill.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetSocketAddress;

/// The HTTP exchange that opens a WebSocket. Every client sends the key of the example in RFC 6455, so that the
/// response is constant.
final class WebSocketUpgrade {

    private static final AsciiPattern END = new AsciiPattern("\r\n\r\n");
    private static final AsciiPattern SWITCHING = new AsciiPattern("HTTP/1.1 101 ");
    private static final AsciiPattern ACCEPT = new AsciiPattern("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    private WebSocketUpgrade() {}

    static byte[] request(InetSocketAddress server) {
        return """
                GET /socket.io/?EIO=4&transport=websocket HTTP/1.1
                Host: %s:%d
                Connection: Upgrade
                Upgrade: websocket
                Sec-WebSocket-Version: 13
                Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

                """.formatted(server.getAddress().getHostAddress(), server.getPort())
                .replace("\n", "\r\n")
                .getBytes(US_ASCII);
    }

    /// The end of the response in `bytes[0, to)`, or [AsciiPattern#ABSENT] if it is incomplete.
    static int end(byte[] bytes, int to) {
        var end = END.indexIn(bytes, 0, to);
        return end == AsciiPattern.ABSENT ? AsciiPattern.ABSENT : end + END.length();
    }

    static boolean isAccepted(byte[] bytes, int end) {
        return SWITCHING.starts(bytes, 0, end) && ACCEPT.indexIn(bytes, 0, end) != AsciiPattern.ABSENT;
    }

    static String firstLine(byte[] bytes, int end) {
        return new String(bytes, 0, end, US_ASCII).lines().findFirst().orElse("");
    }
}
