package waybill.server.web;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// What the public page of an order has of the pages' files.
///
/// @param script the path of the module that keeps the page up to date
/// @param mapStyles the path of the styles of its map
/// @param basemap the path of the map behind the driver, if the hub has one
public record TrackingFiles(String script, String mapStyles, Optional<String> basemap) {

    /// The values that all pages share and the rules of this one. The page brings them with it, so that it is complete
    /// after one response.
    public static final String STYLE = text("app/tokens.css") + text("app/tracking.css") + text("app/small-map.css");

    public static TrackingFiles create(boolean hasBasemap) {
        return new TrackingFiles(
                WebFiles.pathOf("app/tracking.js"),
                WebFiles.pathOf("vendor/maplibre-gl-6.17.0/maplibre-gl.css"),
                hasBasemap ? Optional.of(WebPages.BASEMAP) : Optional.empty());
    }

    private static String text(String name) {
        return new String(WebFiles.read(name), StandardCharsets.UTF_8);
    }
}
