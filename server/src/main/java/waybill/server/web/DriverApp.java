package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BiConsumer;

/// What makes the driver's page an app: its manifest, and the service worker that has its files when there is no
/// network.
final class DriverApp {

    private static final String SCOPE = "/driver";

    /// Libraries that the page loads on demand, or never.
    private static final List<String> LEFT_OUT = List.of("vendor/maplibre", "vendor/uplot", "vendor/zxing");

    private DriverApp() {}

    /// @param end ends a response with a body, however slowly its client reads
    static void mount(Router router, BiConsumer<HttpServerResponse, Buffer> end) {
        var manifest = new MadeOnDemand<>(_ -> Buffer.buffer(manifest()));
        var worker = new MadeOnDemand<>(_ -> Buffer.buffer(worker()));
        router.get(SCOPE + "/manifest.webmanifest")
                .handler(ctx -> manifest.pass(ctx, "manifest", body -> {
                    var response = ctx.response()
                            .putHeader("content-type", "application/manifest+json")
                            .putHeader("x-content-type-options", "nosniff")
                            .putHeader("cache-control", "no-cache");
                    end.accept(response, body);
                }));
        router.get(SCOPE + "/worker.js")
                .handler(ctx -> worker.pass(ctx, "worker", body -> {
                    var response = ctx.response()
                            .putHeader("content-type", "text/javascript; charset=utf-8")
                            .putHeader("content-security-policy", "default-src 'none'; connect-src 'self'")
                            .putHeader("x-content-type-options", "nosniff")
                            .putHeader("service-worker-allowed", SCOPE)
                            .putHeader("cache-control", "no-cache");
                    end.accept(response, body);
                }));
    }

    private static String manifest() {
        var icon = new JsonObject()
                .put("src", WebFiles.pathOf("app/driver-icon.svg"))
                .put("type", "image/svg+xml")
                .put("sizes", "any")
                .put("purpose", "any maskable");
        return new JsonObject()
                .put("id", SCOPE)
                .put("name", "Waybill driver")
                .put("short_name", "Driver")
                .put("start_url", SCOPE)
                .put("scope", SCOPE)
                .put("display", "standalone")
                .put("background_color", "#0e1216")
                .put("theme_color", "#0e1216")
                .put("icons", new JsonArray().add(icon))
                .encode();
    }

    /// Its text changes with every version of the files, so that a browser installs it anew.
    private static String worker() {
        var files = new JsonArray().add(SCOPE);
        WebFiles.names().stream()
                .filter(name -> LEFT_OUT.stream().noneMatch(name::startsWith))
                .map(WebFiles::pathOf)
                .forEach(files::add);
        return new String(WebFiles.read("pages/driver-worker.js"), StandardCharsets.UTF_8)
                .replace("{{version}}", WebFiles.pathOf("").replace("/", ""))
                .replace("['{{files}}']", files.encode());
    }
}
