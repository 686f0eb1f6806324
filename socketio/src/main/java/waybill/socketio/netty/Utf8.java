package waybill.socketio.netty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import waybill.socketio.adapter.ProtocolException;

/// Bytes of a peer to text, strictly.
final class Utf8 {

    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    static String decode(ByteBuf bytes) throws ProtocolException {
        var text = bytes.toString(StandardCharsets.UTF_8);
        // The decoder puts U+FFFD where bytes are wrong; only a text that has one needs the slower look.
        if (text.indexOf(REPLACEMENT) >= 0 && !ByteBufUtil.isText(bytes, StandardCharsets.UTF_8)) {
            throw new ProtocolException("text: not UTF-8");
        }
        return text;
    }
}
