package waybill.cli.orders;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.json.JSONObject;

/// The secret shared by a hub and the issuer of its tokens.
public record TokenSecret(Path file, String text) {

    private static final int BYTES = 32;
    private static final Duration GOOD_FOR = Duration.ofHours(1);

    /// Generates a secret and writes it to `file`, readable by its owner only.
    public static TokenSecret create(Path file) throws IOException {
        var bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        var text = HexFormat.of().formatHex(bytes);
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return new TokenSecret(file, text);
    }

    /// An HS256 token of a user.
    public String token(TestUser party) {
        return token(party.claims());
    }

    /// An HS256 token with these claims and the times.
    public String token(JSONObject claims) {
        return token(claims, GOOD_FOR);
    }

    /// An HS256 token with these claims that expires after a time.
    public String token(JSONObject claims, Duration goodFor) {
        var now = Instant.now().getEpochSecond();
        claims.put("iat", now).put("exp", now + goodFor.toSeconds());
        var signed = encoded("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8))
                + '.'
                + encoded(claims.toString().getBytes(StandardCharsets.UTF_8));
        return signed + '.' + encoded(signature(signed));
    }

    private byte[] signature(String signed) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(signed.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
