package waybill.server.tls;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import javax.net.ssl.X509KeyManager;

/// A certificate and its key, which fit each other, as they were in their files at one time.
///
/// @param certificate the one of the hub itself
/// @param pem what the files had
public record TlsCertificate(X509Certificate certificate, PemKeyCertOptions pem) {

    /// What is signed to see whether a key belongs to a certificate.
    private static final byte[] SAMPLE = {1, 2, 3};

    /// Reads both files. Throws with what is wrong with them.
    public static TlsCertificate read(TlsConfig config, Vertx vertx) {
        var pem = new PemKeyCertOptions()
                .setCertValue(contents("tls-cert", config.certificate()))
                .setKeyValue(contents("tls-key", config.key()));
        var certificate = certificate(config, pem.getCertValue());
        requireMatch(config, certificate, privateKey(config, pem, vertx));
        return new TlsCertificate(certificate, pem);
    }

    private static Buffer contents(String option, Path file) {
        try {
            return Buffer.buffer(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(option + ": " + file + " cannot be read (expected: a PEM file)", e);
        }
    }

    private static X509Certificate certificate(TlsConfig config, Buffer pem) {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes()))
                    .iterator()
                    .next();
        } catch (GeneralSecurityException | RuntimeException e) {
            throw new IllegalStateException(
                    "tls-cert: " + config.certificate()
                            + " has no certificate (expected: PEM, the hub's own certificate first)",
                    e);
        }
    }

    private static PrivateKey privateKey(TlsConfig config, PemKeyCertOptions pem, Vertx vertx) {
        try {
            var keys = Arrays.stream(pem.getKeyManagerFactory(vertx).getKeyManagers())
                    .map(X509KeyManager.class::cast)
                    .findFirst()
                    .orElseThrow();
            return Stream.of("RSA", "EC", "EdDSA")
                    .map(type -> keys.getServerAliases(type, null))
                    .filter(Objects::nonNull)
                    .map(aliases -> keys.getPrivateKey(aliases[0]))
                    .findFirst()
                    .orElseThrow();
        } catch (Exception e) { // what Vert.x declares
            throw new IllegalStateException(
                    "tls-key: " + config.key()
                            + " has no private key (expected: PEM, an RSA or EC key without a password)",
                    e);
        }
    }

    private static void requireMatch(TlsConfig config, X509Certificate certificate, PrivateKey key) {
        try {
            var algorithm = switch (key.getAlgorithm()) {
                case "RSA" -> "SHA256withRSA";
                case "EC" -> "SHA256withECDSA";
                default -> key.getAlgorithm();
            };
            var signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(SAMPLE);
            var signed = signature.sign();
            signature.initVerify(certificate);
            signature.update(SAMPLE);
            if (signature.verify(signed)) {
                return;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(mismatch(config), e);
        }
        throw new IllegalStateException(mismatch(config));
    }

    private static String mismatch(TlsConfig config) {
        return "tls-key: " + config.key() + " does not belong to the certificate in " + config.certificate()
                + " (expected: the key with which that was requested)";
    }

    /// When clients begin to reject it.
    public Instant expiresAt() {
        return certificate.getNotAfter().toInstant();
    }

    /// Whether the files had something else.
    boolean differsFrom(TlsCertificate other) {
        return !pem.getCertValue().equals(other.pem.getCertValue())
                || !pem.getKeyValue().equals(other.pem.getKeyValue());
    }
}
