package waybill.server.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class WebPushEncryptionTest {

    private static final SecureRandom RANDOM = new SecureRandom();

    /// The example of appendix A of RFC 8291.
    private static final KeyPair SENDER = keyPair(
            "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8",
            "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
    private static final KeyPair BROWSER = keyPair(
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
    private static final byte[] AUTH = decode("BTBZMqHH6r4Tts7J_aSIgg");
    private static final byte[] SALT = decode("DGv6ra1nlYgDCS1FRnbzlw");

    @Test
    void theExampleOfTheStandardIsEncryptedToTheSameBytes() {
        var body = WebPushEncryption.encrypt(
                "When I grow up, I want to be a watermelon".getBytes(StandardCharsets.UTF_8),
                (ECPublicKey) BROWSER.getPublic(),
                AUTH,
                SENDER,
                SALT);
        assertThat(Base64.getUrlEncoder().withoutPadding().encodeToString(body))
                .isEqualTo(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tlz"
                                + "AC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN");
    }

    @Test
    void aBrowserDecryptsWhatWasEncryptedForIt() {
        for (var length = 0; length <= WebPushEncryption.MESSAGE_BYTES_MAX; length += 363) {
            var browser = P256.generate(RANDOM);
            var auth = random(WebPushEncryption.AUTH_BYTES);
            var text = "ø".repeat(length / 2) + "x".repeat(length % 2);
            var body = WebPushEncryption.encrypt(
                    text.getBytes(StandardCharsets.UTF_8),
                    (ECPublicKey) browser.getPublic(),
                    auth,
                    P256.generate(RANDOM),
                    random(WebPushEncryption.SALT_BYTES));
            assertThat(body).hasSizeLessThanOrEqualTo(WebPushEncryption.RECORD_BYTES);
            assertThat(WebPushDecryption.decrypt(body, browser, auth)).isEqualTo(text);
            assertThatThrownBy(() -> WebPushDecryption.decrypt(body, P256.generate(RANDOM), auth))
                    .hasMessage("not for this browser");
        }
    }

    @Test
    void aMessageThatNoPushServiceTakesIsRejected() {
        assertThatThrownBy(() -> WebPushEncryption.encrypt(
                        new byte[WebPushEncryption.MESSAGE_BYTES_MAX + 1],
                        (ECPublicKey) BROWSER.getPublic(),
                        AUTH,
                        SENDER,
                        SALT))
                .hasMessage("message: 3994 bytes (expected: at most 3993)");
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRejected() {
        var key = P256.encode((ECPublicKey) BROWSER.getPublic());
        assertThat(P256.encode(P256.decode(key))).isEqualTo(key);
        key[P256.POINT_BYTES - 1] ^= 1;
        assertThatThrownBy(() -> P256.decode(key)).hasMessageStartingWith("p256dh: not a point of P-256");
        assertThatThrownBy(() -> P256.decode(new byte[33])).hasMessageStartingWith("p256dh: 33 bytes");
        assertThatThrownBy(() -> P256.decode(new byte[65])).hasMessageStartingWith("p256dh: 65 bytes");
    }

    private static byte[] random(int count) {
        var bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] decode(String text) {
        return Base64.getUrlDecoder().decode(text);
    }

    private static KeyPair keyPair(String publicKey, String privateKey) {
        try {
            var secret = new ECPrivateKeySpec(new BigInteger(1, decode(privateKey)), P256.parameters());
            return new KeyPair(
                    P256.decode(decode(publicKey)), KeyFactory.getInstance("EC").generatePrivate(secret));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
