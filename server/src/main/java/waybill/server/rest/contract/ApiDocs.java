package waybill.server.rest.contract;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import waybill.server.web.MadeOnDemand;

/// Serves the contract, and a page with forms to try it. The page loads nothing from other origins.
public final class ApiDocs {

    private static final String PAGE = "/api/docs";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /// The page runs its own scripts only, and sends requests to this hub only.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// The content of a path, which is read when it is first asked for.
    private record StaticFile(String path, String contentType, Supplier<Buffer> content) {}

    private final List<StaticFile> files;
    private final MadeOnDemand<Buffer> contents;
    private final BiConsumer<HttpServerResponse, Buffer> end;

    /// @param end ends a response with a body, however slowly its client reads
    public ApiDocs(Contract contract, BiConsumer<HttpServerResponse, Buffer> end) {
        this.end = end;
        var swagger = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        files = List.of(
                new StaticFile("/api/v1/openapi.json", "application/json", () -> Buffer.buffer(contract.json())),
                new StaticFile("/api/v1/openapi.yaml", "application/yaml", () -> Buffer.buffer(contract.yaml())),
                new StaticFile(PAGE, "text/html; charset=utf-8", () -> resource("docs.html")),
                new StaticFile(PAGE + "/start.js", SCRIPT, () -> resource("docs.js")),
                new StaticFile(PAGE + "/eta", "text/html; charset=utf-8", () -> resource("eta.html")),
                new StaticFile(PAGE + "/eta.js", SCRIPT, () -> resource("eta.js")),
                new StaticFile(PAGE + "/eta.css", "text/css; charset=utf-8", () -> resource("eta.css")),
                new StaticFile(
                        PAGE + "/swagger-ui.css",
                        "text/css; charset=utf-8",
                        () -> resource(swagger + "swagger-ui.css")),
                new StaticFile(
                        PAGE + "/swagger-ui-bundle.js", SCRIPT, () -> resource(swagger + "swagger-ui-bundle.js")));
        contents = new MadeOnDemand<>(path -> files.stream()
                .filter(file -> file.path.equals(path))
                .findFirst()
                .orElseThrow()
                .content
                .get());
    }

    public void mount(Router router) {
        files.forEach(leaf -> router.get(leaf.path)
                .handler(ctx -> contents.pass(ctx, leaf.path, content -> send(ctx, leaf, content))));
    }

    private void send(RoutingContext ctx, StaticFile leaf, Buffer content) {
        var response = ctx.response()
                .putHeader("content-type", leaf.contentType)
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("cache-control", "no-cache");
        end.accept(response, content);
    }

    private static String swaggerVersion() {
        var properties = new Properties();
        try (var resource =
                ApiDocs.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(Objects.requireNonNull(resource, "swagger-ui"));
        } catch (IOException e) {
            throw new UncheckedIOException("swagger-ui", e);
        }
        return properties.getProperty("version");
    }

    private static Buffer resource(String name) {
        try (var resource = ApiDocs.class.getResourceAsStream(name)) {
            return Buffer.buffer(Objects.requireNonNull(resource, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
