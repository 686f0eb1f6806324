package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/// The content of a static file, in the forms in which it is sent.
///
/// @param etag a strong entity tag, without quotes
/// @param gzipped absent for a file that does not shrink
record WebFile(String contentType, String etag, Buffer content, Optional<Buffer> gzipped) {

    private static final int ETAG_LENGTH = 20;

    static WebFile of(String name, byte[] content) {
        return new WebFile(
                contentType(name), sha256(content).substring(0, ETAG_LENGTH), Buffer.buffer(content), gzip(content));
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256", e);
        }
    }

    private static Optional<Buffer> gzip(byte[] content) {
        var bytes = new ByteArrayOutputStream(content.length / 2);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.size() < content.length ? Optional.of(Buffer.buffer(bytes.toByteArray())) : Optional.empty();
    }

    private static String contentType(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "svg" -> "image/svg+xml";
            case "woff2" -> "font/woff2";
            case "html" -> "text/html; charset=utf-8";
            default -> "text/plain; charset=utf-8";
        };
    }
}
