package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
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

    /// Answers a GET or HEAD: with the content, or that the browser's copy is this one.
    ///
    /// @param end ends a response with a body, however slowly its client reads
    void send(RoutingContext ctx, BiConsumer<HttpServerResponse, Buffer> end) {
        var response = ctx.response()
                .putHeader("etag", "\"" + etag + "\"")
                .putHeader("vary", "accept-encoding")
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("cross-origin-resource-policy", "same-origin");
        if (("\"" + etag + "\"").equals(ctx.request().getHeader("if-none-match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("content-type", contentType);
        var body = content;
        if (gzipped.isPresent() && acceptsGzip(ctx)) {
            response.putHeader("content-encoding", "gzip");
            body = gzipped.get();
        }
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("content-length", String.valueOf(body.length())).end();
        } else {
            end.accept(response, body);
        }
    }

    private static boolean acceptsGzip(RoutingContext ctx) {
        return ctx.parsedHeaders().acceptEncoding().stream()
                .anyMatch(coding -> coding.value().equals("gzip") && coding.weight() > 0);
    }

    private static String contentType(String name) {
        var extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return switch (extension) {
            case "js", "mjs" -> "text/javascript; charset=utf-8";
            case "css" -> "text/css; charset=utf-8";
            case "png" -> "image/png";
            case "svg" -> "image/svg+xml";
            case "woff2" -> "font/woff2";
            case "wasm" -> "application/wasm";
            case "json" -> "application/json";
            case "html" -> "text/html; charset=utf-8";
            default -> "text/plain; charset=utf-8";
        };
    }
}
