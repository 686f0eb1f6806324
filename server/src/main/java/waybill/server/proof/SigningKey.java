package waybill.server.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Optional;
import waybill.storage.sqlite.PrivateFiles;

/// The key with which a hub signs the archives of proofs: Ed25519, generated once into the data directory.
/// Immutable.
public final class SigningKey {

    private static final String FILE = "proof-key.pem";

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
            if (!Files.exists(file)) {
                generate(file, random);
            }
            return read(file);
        } catch (IOException e) {
            throw new UncheckedIOException("key: " + file + ": " + e.getMessage(), e);
        }
    }

    /// Copies the key of a data directory to another one, if it has a key.
    public static Optional<Path> copy(Path data, Path target) {
        var file = file(data);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Files.copy(file, file(target), StandardCopyOption.COPY_ATTRIBUTES));
        } catch (IOException e) {
            throw new UncheckedIOException("key: " + file + " cannot be copied: " + e.getMessage(), e);
        }
    }

    /// Reads the key of a data directory, which must have one.
    public static SigningKey read(Path file) throws IOException {
        var pem = Files.readString(file);
        try {
            var keys = KeyFactory.getInstance(ArchiveKey.ALGORITHM);
            var privateKey = keys.generatePrivate(new PKCS8EncodedKeySpec(Pem.decode("PRIVATE KEY", pem)));
            return new SigningKey(privateKey, ArchiveKey.parse(pem));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("not a key of a hub (expected: the file that the hub has written)", e);
        }
    }

    /// Writes both halves into one file that is complete when it has its name. A key that another process has
    /// written meanwhile stays.
    private static void generate(Path file, SecureRandom random) throws IOException {
        var pair = keyPairGenerator(random).generateKeyPair();
        var text = Pem.encode("PRIVATE KEY", pair.getPrivate().getEncoded())
                + Pem.encode("PUBLIC KEY", pair.getPublic().getEncoded());
        var draft = file.resolveSibling(FILE + "." + Long.toHexString(random.nextLong()));
        try (var channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            PrivateFiles.restrict(draft);
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            channel.force(/* metaData= */ true);
            Files.createLink(file, draft);
        } catch (FileAlreadyExistsException _) {
            // the other one counts
        } finally {
            Files.deleteIfExists(draft);
        }
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
