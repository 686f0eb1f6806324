package waybill.server.push;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/// The service account of a Firebase project whose services are fakes.
public final class TestServiceAccount {

    private static final KeyPair KEYS = keys();

    private TestServiceAccount() {}

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /// The file of an account of the project `shop`, which gets its tokens at `base`.
    public static Path write(Path folder, URI base) {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("type", "service_account")
                .put("project_id", "shop")
                .put("private_key_id", "k1")
                .put("private_key", pem)
                .put("client_email", "hub@shop.iam.gserviceaccount.com")
                .put("token_uri", base + "/token");
        try {
            return Files.writeString(folder.resolve("account.json"), json.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean hasSigned(SignedJWT token) {
        try {
            return token.verify(new RSASSAVerifier((RSAPublicKey) KEYS.getPublic()));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }
}
