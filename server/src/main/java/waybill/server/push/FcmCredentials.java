package waybill.server.push;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// The service account of a Firebase project, from the JSON file that the Firebase console makes. Its text form does
/// not contain the key.
///
/// @param tokenUri where the account gets its access tokens
public record FcmCredentials(String projectId, String clientEmail, String keyId, PrivateKey key, URI tokenUri) {

    private static final ObjectMapper JSON = new ObjectMapper();

    public static FcmCredentials load(Path file) {
        try {
            return parse(JSON.readTree(Files.readString(file)), file);
        } catch (JsonProcessingException _) {
            throw new IllegalArgumentException(
                    "fcm-credentials: " + file + " is not JSON (expected: the key file of a service account)");
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "fcm-credentials: " + file + " cannot be read (expected: the key file of a service account)");
        }
    }

    private static FcmCredentials parse(JsonNode json, Path file) {
        return new FcmCredentials(
                text(json, "project_id", file),
                text(json, "client_email", file),
                text(json, "private_key_id", file),
                key(text(json, "private_key", file), file),
                URI.create(text(json, "token_uri", file)));
    }

    private static String text(JsonNode json, String name, Path file) {
        var value = json.path(name).asText();
        if (value.isBlank()) {
            throw new IllegalArgumentException(
                    "fcm-credentials: " + file + " has no " + name + " (expected: the key file of a service account)");
        }
        return value;
    }

    private static PrivateKey key(String pem, Path file) {
        var encoded = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(encoded)));
        } catch (GeneralSecurityException | IllegalArgumentException _) {
            throw new IllegalArgumentException(
                    "fcm-credentials: " + file + " has no RSA key in private_key (expected: PKCS #8)");
        }
    }

    @Override
    public String toString() {
        return "FcmCredentials[" + clientEmail + "]";
    }
}
