package waybill.server.web;

import java.nio.charset.StandardCharsets;

/// What the public page of an order has of the pages' files.
///
/// @param script the path of the module that keeps the page up to date
public record TrackingFiles(String script) {

    /// The values that all pages share and the rules of this one. The page brings them with it, so that it is complete
    /// after one response.
    public static final String STYLE = text("app/tokens.css") + text("app/tracking.css");

    public static TrackingFiles create() {
        return new TrackingFiles(WebFiles.pathOf("app/tracking.js"));
    }

    private static String text(String name) {
        return new String(WebFiles.read(name), StandardCharsets.UTF_8);
    }
}
