package waybill.server.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

/// Serves the files of the pages below [#PATH]. A path names the version of its file, so that a browser stores it for
/// good: libraries have theirs in the name of their folder, and the hub's own files one of all of them together.
///
/// A file is read and compressed when a browser first asks for it, and then stays in memory. The list `files.txt` names
/// all of them; no other resource is served.
final class WebFiles {

    static final String PATH = "/assets/";

    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private static final String VENDOR = "vendor/";

    private final Map<String, String> nameByPath =
            Listed.NAMES.stream().collect(Collectors.toMap(WebFiles::pathOf, name -> name));
    private final MadeOnDemand<WebFile> files = new MadeOnDemand<>(name -> WebFile.of(name, read(name)));
    private final BiConsumer<HttpServerResponse, Buffer> end;

    /// The files that the list names, read once.
    private static final class Listed {

        static final List<String> NAMES = List.of(new String(read("files.txt"), StandardCharsets.UTF_8).split("\n"));

        /// A hash of the names and contents of the hub's own files.
        static final String VERSION = version();

        private static String version() {
            var hashes = NAMES.stream()
                    .filter(name -> !name.startsWith(VENDOR))
                    .sorted()
                    .map(name -> name + WebFile.sha256(read(name)))
                    .collect(Collectors.joining());
            return WebFile.sha256(hashes.getBytes(StandardCharsets.UTF_8)).substring(0, 12);
        }
    }

    /// @param end ends a response with a body, however slowly its client reads
    WebFiles(BiConsumer<HttpServerResponse, Buffer> end) {
        this.end = end;
    }

    /// The files that are served.
    static List<String> names() {
        return Listed.NAMES;
    }

    /// The path at which a file is served.
    static String pathOf(String name) {
        return PATH + (name.startsWith(VENDOR) ? name : Listed.VERSION + "/" + name);
    }

    void mount(Router router) {
        router.route(PATH + "*").handler(this::send);
    }

    private void send(RoutingContext ctx) {
        var name = nameByPath.get(ctx.normalizedPath());
        if (name == null || !(ctx.request().method().equals(HttpMethod.GET) || isHead(ctx))) {
            ctx.next(); // answered like any other path or method that does not exist
            return;
        }
        files.pass(ctx, name, file -> {
            ctx.response().putHeader("cache-control", IMMUTABLE);
            file.send(ctx, end);
        });
    }

    private static boolean isHead(RoutingContext ctx) {
        return ctx.request().method().equals(HttpMethod.HEAD);
    }

    static byte[] read(String name) {
        try (var resource = WebFiles.class.getResourceAsStream("/waybill/web/" + name)) {
            return Objects.requireNonNull(resource, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
