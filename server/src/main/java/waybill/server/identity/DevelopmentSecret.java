package waybill.server.identity;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/// The secret of a hub in development mode: generated once and stored with the data, so that tokens outlive a
/// restart. Its file is readable by its owner only.
public final class DevelopmentSecret {

    static final String FILE = "development.secret";

    private DevelopmentSecret() {}

    /// The secret of a data directory, created if absent.
    public static Secret loadOrCreate(Path data, SecureRandom random) {
        var file = data.resolve(FILE);
        var text = new OwnerOnlyFile(file, "the secret signs tokens of any user").loadOrCreate(() -> generate(random));
        try {
            return Secret.of(text);
        } catch (IllegalArgumentException _) {
            throw new IllegalStateException(file + ": no secret in it (expected: remove it, and a new one is made)");
        }
    }

    private static String generate(SecureRandom random) {
        var bytes = new byte[Secret.BYTES_MIN];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
