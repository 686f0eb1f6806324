package waybill.server.push;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.text.ParseException;
import java.util.Base64;
import waybill.server.identity.OwnerOnlyFile;

/// The key pair of the hub for Web Push. Browsers subscribe with its public key, so another key makes all their
/// subscriptions worthless. Its text form does not contain the private key.
public final class VapidKey {

    /// The file of the key in the data directory: a JSON Web Key.
    public static final String FILE = "web-push.key";

    private final ECKey key;

    private VapidKey(ECKey key) {
        this.key = key;
    }

    /// The key of a data directory, generated if there is none. Its file is readable by its owner only.
    public static VapidKey loadOrCreate(Path data, SecureRandom random) {
        var file = new OwnerOnlyFile(data.resolve(FILE), "the key signs push messages of this hub");
        return parse(file.loadOrCreate(() -> generate(random)), data.resolve(FILE));
    }

    private static String generate(SecureRandom random) {
        var pair = P256.generate(random);
        return new ECKey.Builder(Curve.P_256, (ECPublicKey) pair.getPublic())
                .privateKey(pair.getPrivate())
                .build()
                .toJSONString();
    }

    static VapidKey parse(String text, Path file) {
        try {
            var key = ECKey.parse(text.strip());
            if (!key.getCurve().equals(Curve.P_256) || !key.isPrivate()) {
                throw new IllegalStateException(file + ": no private key of P-256 (expected: a JSON Web Key)");
            }
            return new VapidKey(key);
        } catch (ParseException _) {
            throw new IllegalStateException(
                    file + ": no key in it (expected: a JSON Web Key; removed, a new one is made,"
                            + " and browsers must subscribe anew)");
        }
    }

    /// The public key as a browser takes it for its `applicationServerKey`.
    public String publicKey() {
        try {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(P256.encode(key.toECPublicKey()));
        } catch (JOSEException e) {
            throw new IllegalStateException("web-push.key: cannot be used: " + e.getMessage(), e);
        }
    }

    ECKey key() {
        return key;
    }

    @Override
    public String toString() {
        return "VapidKey[" + publicKey() + "]";
    }
}
