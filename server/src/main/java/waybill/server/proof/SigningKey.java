package waybill.server.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import waybill.server.identity.OwnerOnlyFile;

/// The key with which a hub signs the archives of proofs: Ed25519, generated once into the data directory.
/// Immutable.
public final class SigningKey {

    /// The file of the key in the data directory.
    public static final String FILE = "proof-key.pem";

    private final PrivateKey privateKey;
    private final ArchiveKey publicKey;

    private SigningKey(PrivateKey privateKey, ArchiveKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// The file of the key of a hub with that data directory.
    public static Path file(Path data) {
        return data.resolve(FILE);
    }

    /// Reads the key of a data directory, and generates it if there is none.
    public static SigningKey open(Path data, SecureRandom random) {
        var file = file(data);
        try {
            return parse(new OwnerOnlyFile(file, "the key signs the proofs of this hub")
                    .loadOrCreate(() -> generate(random)));
        } catch (IOException e) {
            throw new UncheckedIOException("key: " + file + ": " + e.getMessage(), e);
        }
    }

    /// Reads the key of a data directory, which must have one.
    public static SigningKey read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    private static SigningKey parse(String pem) throws IOException {
        try {
            var keys = KeyFactory.getInstance(ArchiveKey.ALGORITHM);
            var privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", pem)));
            return new SigningKey(privateKey, ArchiveKey.parse(pem));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not a key of a hub (expected: the file that the hub has written)", e);
        }
    }

    /// Both halves in one text.
    private static String generate(SecureRandom random) {
        var pair = keyPairGenerator(random).generateKeyPair();
        return Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded())
                + Pem.encode("PUBLIC KEY", pair.getPublic().getEncoded());
    }

    private static KeyPairGenerator keyPairGenerator(SecureRandom random) {
        try {
            var generator = KeyPairGenerator.getInstance(ArchiveKey.ALGORITHM);
            generator.initialize(NamedParameterSpec.ED25519, random);
            return generator;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    public ArchiveKey publicKey() {
        return publicKey;
    }

    /// Signs those bytes.
    public byte[] sign(byte[] bytes) {
        try {
            var signature = Signature.getInstance(ArchiveKey.ALGORITHM);
            signature.initSign(privateKey);
            signature.update(bytes);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }
}
