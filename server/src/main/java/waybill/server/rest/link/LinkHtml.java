package waybill.server.rest.link;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import waybill.server.rest.http.ApiResponse;
import waybill.server.web.TrackingFiles;

/// The frame of every page about a public link, with the policy that it is shown under.
final class LinkHtml {

    private static final String STYLE_POLICY =
            "default-src 'none'; style-src 'sha256-" + sha256(TrackingFiles.STYLE) + "'";
    private static final String LAST_POLICY = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private LinkHtml() {}

    /// A page of text.
    static ApiResponse text(int status, String title, String body) {
        return page(status, title, "", "<body>", body, STYLE_POLICY + "; img-src data:" + LAST_POLICY);
    }

    /// A page that a script of the hub keeps up to date, with a map once the order is the next stop; it connects to the
    /// hub alone.
    static ApiResponse live(String title, TrackingFiles files, String body) {
        var basemap =
                files.basemap().map(path -> " data-basemap=\"" + path + "\"").orElse("");
        return page(
                200,
                title,
                "<script type=\"module\" src=\"" + files.script() + "\"></script>\n",
                "<body data-map-css=\"" + files.mapStyles() + "\"" + basemap + ">",
                body,
                STYLE_POLICY + " 'self'; script-src 'self'; worker-src 'self'; connect-src 'self'; img-src data: blob:"
                        + LAST_POLICY);
    }

    private static ApiResponse page(
            int status, String title, String script, String bodyTag, String body, String policy) {
        var html = """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta name="robots" content="noindex">
                <meta name="color-scheme" content="light dark">
                <title>%s</title>
                <link rel="icon" href="data:,">
                <style>%s</style>
                %s</head>
                %s
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(escaped(title), TrackingFiles.STYLE, script, bodyTag, body);
        return PublicHeaders.with(new ApiResponse(
                status, "text/html; charset=utf-8", html, Map.of("content-security-policy", policy, "vary", "Accept")));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e); // every Java platform has it
        }
    }
}
