package waybill.server.proof;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// Keys as text (RFC 7468).
final class Pem {

    private static final int LINE_CHARS = 64;

    private Pem() {}

    static String encode(String label, byte[] bytes) {
        var base64 = Base64.getMimeEncoder(LINE_CHARS, "\n".getBytes(StandardCharsets.US_ASCII));
        return "-----BEGIN " + label + "-----\n" + base64.encodeToString(bytes) + "\n-----END " + label + "-----\n";
    }

    /// The bytes of the first block with that label in a text.
    static byte[] decode(String label, String text) {
        var begin = "-----BEGIN " + label + "-----";
        var from = text.indexOf(begin);
        var to = text.indexOf("-----END " + label + "-----");
        if (from < 0 || to < from) {
            throw new IllegalArgumentException(
                    "key: no " + label + " in the text (expected: a line " + begin + " and what follows it)");
        }
        return Base64.getMimeDecoder()
                .decode(text.substring(from + begin.length(), to).strip());
    }
}
