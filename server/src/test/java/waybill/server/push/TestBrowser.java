package waybill.server.push;

import java.net.URI;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import waybill.directory.WebSubscription;

/// A browser that has subscribed to Web Push.
public final class TestBrowser {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyPair keys = P256.generate(RANDOM);
    private final byte[] auth = new byte[WebPushEncryption.AUTH_BYTES];
    private final URI endpoint;

    public TestBrowser(URI endpoint) {
        this.endpoint = endpoint;
        RANDOM.nextBytes(auth);
    }

    public WebSubscription subscription() {
        var base64 = Base64.getUrlEncoder().withoutPadding();
        return new WebSubscription(
                endpoint.toString(),
                base64.encodeToString(P256.encode((ECPublicKey) keys.getPublic())),
                base64.encodeToString(auth));
    }

    public String decrypt(byte[] body) {
        return WebPushDecryption.decrypt(body, keys, auth);
    }
}
