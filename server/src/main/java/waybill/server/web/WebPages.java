package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Serves the pages. Each is HTML from the resources, with the paths of its files, the import map and the hub's
/// settings filled in; it may run the scripts of this hub alone, and connect to this hub alone.
public final class WebPages {

    private static final String ROOT = "/";
    private static final String DASHBOARD = "/dashboard";
    private static final String STORE = "/store";
    private static final String DRIVER = "/driver";
    private static final String REPLAY = "/replay";
    /// Read without a token, as the files of the pages are.
    static final String BASEMAP = "/dashboard/basemap.json";
    private static final String DASHBOARD_PAGE = "dashboard.html";
    private static final String DRIVER_PAGE = "driver.html";
    private static final String TRACKERS = "/ingest/osmand";

    /// The parameters of a tracker's key.
    private static final List<String> TRACKER_KEYS = List.of("id", "deviceid", "key");

    /// The bare names that the scripts import, and their files.
    private static final Map<String, String> IMPORTS = Map.of(
            "preact", "vendor/preact-11.2.0/preact.mjs",
            "preact/hooks", "vendor/preact-11.2.0/hooks.mjs",
            "htm", "vendor/htm-3.1.1/htm.module.js",
            "@preact/signals-core", "vendor/preact-signals-core-1.14.5/signals-core.module.js",
            "@preact/signals", "vendor/preact-signals-2.11.4/signals.module.js",
            "maplibre-gl", "vendor/maplibre-gl-6.17.0/maplibre-gl.mjs",
            "signature_pad", "vendor/signature_pad-5.1.4/signature_pad.min.js",
            "socket.io-client", "vendor/socket.io-client-4.8.4/socket.io.esm.min.js",
            "uplot", "vendor/uplot-1.6.32/uPlot.esm.js",
            "waybill", "waybill/waybill.js");

    private final WebFiles files;
    private final Settings settings;
    private final Optional<Basemap> basemap;
    private final BiConsumer<HttpServerResponse, Buffer> end;
    private final MadeOnDemand<Page> pages = new MadeOnDemand<>(this::page);

    /// A page that is filled in.
    ///
    /// @param policy what it may load and run
    private record Page(Buffer html, String policy) {}

    /// What the pages must know of the hub before they are signed in.
    ///
    /// @param isDevelopment whether the hub hands out tokens to any user
    /// @param socketPath the path of Socket.IO
    /// @param provider where users sign in, with the authorization code flow and PKCE (RFC 7636); none if they
    ///     paste a token
    /// @param incident what the page of an incident shows: `from` and `to`, or `orderId`
    public record Settings(
            boolean isDevelopment, String socketPath, Optional<Provider> provider, Optional<JsonObject> incident) {

        /// Those of a hub.
        public Settings(boolean isDevelopment, String socketPath, Optional<Provider> provider) {
            this(isDevelopment, socketPath, provider, Optional.empty());
        }

        JsonObject json() {
            var settings = new JsonObject().put("development", isDevelopment).put("socketPath", socketPath);
            provider.ifPresent(one -> settings.put("issuer", one.issuer).put("clientId", one.clientId));
            provider.flatMap(Provider::audience).ifPresent(audience -> settings.put("audience", audience));
            incident.ifPresent(range -> settings.put("replay", range));
            return settings;
        }
    }

    /// An OpenID Connect provider.
    ///
    /// @param issuer its URL, below which it describes itself
    /// @param clientId of the pages, a public client without a secret
    /// @param audience of the tokens that the hub accepts
    public record Provider(String issuer, String clientId, Optional<String> audience) {

        String origin() {
            var url = URI.create(issuer);
            return url.getScheme() + "://" + url.getRawAuthority();
        }
    }

    /// @param basemap the map behind the drivers, if the hub has one
    /// @param end ends a response with a body, however slowly its client reads
    public WebPages(Settings settings, Optional<Basemap> basemap, BiConsumer<HttpServerResponse, Buffer> end) {
        this.settings = settings;
        this.basemap = basemap;
        this.end = end;
        files = new WebFiles(end);
    }

    public void mount(Router router) {
        files.mount(router);
        router.get(ROOT).handler(WebPages::sendRoot);
        mount(router, DASHBOARD, DASHBOARD_PAGE);
        mount(router, STORE, "store.html");
        mount(router, DRIVER, DRIVER_PAGE);
        DriverApp.mount(router, end);
        basemap.ifPresent(map -> router.get(BASEMAP).handler(ctx -> sendMap(ctx, map)));
    }

    /// The page of an incident alone, with the files of the pages.
    public void mountIncident(Router router) {
        files.mount(router);
        router.get(ROOT)
                .handler(ctx -> ctx.response()
                        .setStatusCode(302)
                        .putHeader("location", REPLAY)
                        .end());
        mount(router, REPLAY, "replay.html");
        basemap.ifPresent(map -> router.get(BASEMAP).handler(ctx -> sendMap(ctx, map)));
    }

    /// A tracker that knows only the name of the hub reports its position where the first page is.
    private static void sendRoot(RoutingContext ctx) {
        if (TRACKER_KEYS.stream().anyMatch(ctx.queryParams()::contains)) {
            ctx.reroute(TRACKERS);
            return;
        }
        ctx.response().setStatusCode(302).putHeader("location", DASHBOARD).end();
    }

    /// All of the map, or what of it is within `bounds`.
    private void sendMap(RoutingContext ctx, Basemap map) {
        var bounds = ctx.queryParams().get("bounds");
        if (bounds == null) {
            map.file().send(ctx, end);
            return;
        }
        MapBounds.parse(bounds)
                .ifPresentOrElse(
                        wanted -> ctx.vertx()
                                .executeBlocking(() -> map.cut(wanted), false)
                                .onSuccess(cut -> cut.send(ctx, end))
                                .onFailure(ctx::fail),
                        () -> ctx.fail(400));
    }

    private void mount(Router router, String path, String name) {
        router.get(path)
                .handler(ctx -> pages.pass(ctx, name, page -> {
                    var response = ctx.response()
                            .putHeader("content-type", "text/html; charset=utf-8")
                            .putHeader("content-security-policy", page.policy())
                            .putHeader("x-content-type-options", "nosniff")
                            .putHeader("referrer-policy", "no-referrer")
                            .putHeader("cross-origin-opener-policy", "same-origin")
                            .putHeader("cache-control", "no-cache");
                    end.accept(response, page.html());
                }));
    }

    private Page page(String name) {
        var importMap = importMap();
        var scripts = name.equals(DRIVER_PAGE) ? " 'wasm-unsafe-eval'" : ""; // which reads barcodes
        return new Page(html(name, importMap), policy(importMap, scripts));
    }

    private Buffer html(String name, String importMap) {
        var known = settings.json();
        basemap.ifPresent(map -> {
            known.put("basemap", BASEMAP);
            map.attribution().ifPresent(text -> known.put("attribution", text));
        });
        var text = new String(WebFiles.read("pages/" + name), StandardCharsets.UTF_8)
                .replace(
                        "{{head}}",
                        new String(WebFiles.read("pages/head.html"), StandardCharsets.UTF_8).stripTrailing())
                .replace("{{import map}}", importMap)
                .replace("{{settings}}", known.encode().replace("<", "\\u003c"))
                .replace("{{icons}}", WebFiles.pathOf("vendor/lucide-static-1.62.0/icons.svg"))
                .replace(
                        "{{font}}",
                        WebFiles.pathOf("vendor/fontsource-variable-inter-5.3.0/inter-latin-wght-normal.woff2"))
                .replace("{{map.css}}", WebFiles.pathOf("vendor/maplibre-gl-6.17.0/maplibre-gl.css"))
                .replace("{{chart.css}}", WebFiles.pathOf("vendor/uplot-1.6.32/uPlot.min.css"))
                .replace("{{app}}", WebFiles.pathOf("app"));
        if (name.equals(DASHBOARD_PAGE)) {
            text = text.replace(
                    "{{modules of the dashboard}}", new ModuleImports(IMPORTS).preloads("app/dashboard.js"));
        }
        return Buffer.buffer(text);
    }

    private static String importMap() {
        var imports = new LinkedHashMap<String, String>();
        new TreeMap<>(IMPORTS).forEach((name, file) -> imports.put(name, WebFiles.pathOf(file)));
        return Json.encode(Map.of("imports", imports));
    }

    /// @param scripts further sources of scripts
    private String policy(String importMap, String scripts) {
        return "default-src 'none'; script-src 'self' 'sha256-" + hash(importMap)
                + "'" + scripts + "; style-src 'self'; img-src 'self' data:"
                + " blob:; worker-src 'self'; font-src 'self'; connect-src 'self'"
                + settings.provider().map(provider -> " " + provider.origin()).orElse("")
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    private static String hash(String script) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256", e);
        }
    }
}
