package waybill.bucket;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import waybill.blob.Bucket;

/// Whether a request is signed with the key of a bucket, by version 4 of the signatures of AWS.
final class SignatureCheck {

    private static final Pattern AUTHORIZATION = Pattern.compile(
            "AWS4-HMAC-SHA256 Credential=([^/]+)/(\\d{8}/[^/]+/s3/aws4_request), SignedHeaders=([^,]+), Signature=(\\w+)");

    private final Bucket bucket;

    SignatureCheck(Bucket bucket) {
        this.bucket = bucket;
    }

    boolean isSigned(HttpExchange exchange) throws GeneralSecurityException {
        var match = AUTHORIZATION.matcher(header(exchange, "authorization"));
        if (!match.matches() || !match.group(1).equals(bucket.key().id())) {
            return false;
        }
        var scope = match.group(2);
        var names = List.of(match.group(3).split(";"));
        if (!names.containsAll(List.of("host", "x-amz-content-sha256", "x-amz-date"))) {
            return false;
        }
        var canonical = exchange.getRequestMethod() + "\n"
                + exchange.getRequestURI().getRawPath() + "\n"
                + query(exchange.getRequestURI().getRawQuery()) + "\n"
                + names.stream()
                        .map(name -> name + ":" + header(exchange, name).strip() + "\n")
                        .collect(Collectors.joining())
                + "\n" + match.group(3) + "\n" + header(exchange, "x-amz-content-sha256");
        var text = "AWS4-HMAC-SHA256\n" + header(exchange, "x-amz-date") + "\n" + scope + "\n"
                + hex(MessageDigest.getInstance("SHA-256").digest(bytes(canonical)));
        var key = bytes("AWS4" + bucket.key().secret());
        for (var part : List.of(scope.split("/", -1))) {
            key = hmac(key, part);
        }
        return hex(hmac(key, text)).equals(match.group(4)) && scope.contains("/" + bucket.region() + "/");
    }

    private static String header(HttpExchange exchange, String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static String query(String raw) {
        return raw == null
                ? ""
                : Stream.of(raw.split("&"))
                        .map(one -> one.contains("=") ? one : one + "=")
                        .sorted()
                        .collect(Collectors.joining("&"));
    }

    private static byte[] hmac(byte[] key, String text) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
