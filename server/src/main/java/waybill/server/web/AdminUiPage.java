package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/// Serves the page of the Socket.IO Admin UI below `/admin-ui/`, with the files of its package as they are. Its HTML
/// names two style sheets of other origins: that of the icons is served here, and without the other the page has the
/// system's typeface.
public final class AdminUiPage {

    static final String PATH = "/admin-ui/";

    private static final String PAGE = "vendor/socket.io-admin-ui-0.5.1/";
    private static final String ICONS = "vendor/mdi-font-7.4.47/";
    private static final String ICONS_PATH = "mdi-7.4.47/";
    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final Pattern ROBOTO =
            Pattern.compile("<link rel=\"stylesheet\" href=\"https://fonts\\.googleapis\\.com/[^\"]+\">");
    private static final Pattern MATERIAL_ICONS =
            Pattern.compile("<link rel=\"stylesheet\" href=\"https://cdn\\.jsdelivr\\.net/npm/@mdi/font@[^\"]+\">");

    /// The page's framework writes the colours of its theme into a style element: empty at first, then light or dark.
    private static final String THEMES = " 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
            + " 'sha256-H0hALk5rjM4aGisbF9hx4t4yVUsKf0ZX1N28nouwAhI='"
            + " 'sha256-UA8uVkzlAxGk09z6OrvqQkcbhXuelL/B23jotWQLt78='";

    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'" + THEMES
            + "; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private final Map<String, WebFile> files = new LinkedHashMap<>();
    private final Buffer page = page();
    private final BiConsumer<HttpServerResponse, Buffer> end;

    /// @param end ends a response with a body, however slowly its client reads
    public AdminUiPage(BiConsumer<HttpServerResponse, Buffer> end) {
        this.end = end;
        new String(WebFiles.read("admin-ui.txt"), StandardCharsets.UTF_8)
                .lines()
                .forEach(name -> {
                    if (!name.endsWith(".html")) {
                        files.put(pathOf(name), WebFile.of(name, WebFiles.read(name)));
                    }
                });
    }

    private static String pathOf(String name) {
        return PATH
                + (name.startsWith(PAGE) ? name.substring(PAGE.length()) : ICONS_PATH + name.substring(ICONS.length()));
    }

    private static Buffer page() {
        var stock = new String(WebFiles.read(PAGE + "index.html"), StandardCharsets.UTF_8);
        var icons = "<link rel=\"stylesheet\" href=\"" + ICONS_PATH + "css/materialdesignicons.min.css\">";
        var local =
                MATERIAL_ICONS.matcher(ROBOTO.matcher(stock).replaceFirst("")).replaceFirst(icons);
        if (local.contains("https://")) {
            throw new IllegalStateException("the page of the Admin UI names another origin (expected: its own alone)");
        }
        return Buffer.buffer(local);
    }

    public void mount(Router router) {
        var root = PATH.substring(0, PATH.length() - 1);
        router.get(root).handler(ctx -> {
            if (ctx.normalizedPath().equals(root)) { // Vert.x takes both paths for one
                ctx.response().setStatusCode(302).putHeader("location", PATH).end();
            } else {
                sendPage(ctx);
            }
        });
        router.get(PATH + "*").handler(this::sendFile);
    }

    private void sendPage(RoutingContext ctx) {
        var response = ctx.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("referrer-policy", "no-referrer")
                .putHeader("cross-origin-opener-policy", "same-origin")
                .putHeader("cache-control", "no-cache");
        end.accept(response, page);
    }

    private void sendFile(RoutingContext ctx) {
        var file = files.get(ctx.normalizedPath());
        if (file == null) {
            ctx.next(); // answered like any other path that does not exist
            return;
        }
        ctx.response().putHeader("cache-control", IMMUTABLE);
        file.send(ctx, end);
    }
}
