package waybill.server.identity;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// A token in its parts, with a signature that is not verified yet.
///
/// @param signedPart what the signature is of: the header and the payload, as they came
record SignedToken(JWSHeader header, String signedPart, Base64URL signature) {

    private record ParsedHeader(String encoded, JWSHeader header) {}

    /// The last header. All tokens of an issuer have the same one until its key changes, so it is parsed once.
    private static volatile @Nullable ParsedHeader last;

    static SignedToken parse(String text) throws TokenRejected {
        var payload = text.indexOf('.') + 1;
        var signature = text.indexOf('.', payload) + 1;
        if (payload == 0 || signature == 0 || signature == text.length() || !isBase64Url(text, signature)) {
            throw malformed();
        }
        return new SignedToken(
                header(text.substring(0, payload - 1)),
                text.substring(0, signature - 1),
                new Base64URL(text.substring(signature)));
    }

    /// Whether the rest of the text is of the alphabet of RFC 4648, section 5, without padding. The library also
    /// decodes
    /// others, so that a signature could be written in several ways.
    private static boolean isBase64Url(String text, int from) {
        for (var at = from; at < text.length(); at++) {
            var c = text.charAt(at);
            var isInAlphabet =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!isInAlphabet) {
                return false;
            }
        }
        return true;
    }

    private static JWSHeader header(String encoded) throws TokenRejected {
        var known = last;
        if (known != null && known.encoded.equals(encoded)) {
            return known.header;
        }
        try {
            var header = JWSHeader.parse(new Base64URL(encoded));
            last = new ParsedHeader(encoded, header);
            return header;
        } catch (ParseException _) {
            throw malformed();
        }
    }

    private static TokenRejected malformed() {
        return new TokenRejected("token: not a signed JWT (expected: header.payload.signature)");
    }

    /// The input of the signature.
    byte[] signedBytes() {
        return signedPart.getBytes(StandardCharsets.UTF_8);
    }

    /// The JSON of the claims.
    String claims() {
        var payload = signedPart.substring(signedPart.indexOf('.') + 1);
        return header.isBase64URLEncodePayload() ? decoded(payload) : payload;
    }

    private static String decoded(String payload) {
        try {
            return new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) { // the library also decodes the alphabet of plain Base64
            return new Base64URL(payload).decodeToString();
        }
    }
}
