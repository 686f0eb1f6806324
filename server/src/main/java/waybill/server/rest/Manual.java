package waybill.server.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;

/// The contract itself, and a page to read and try it. The page loads nothing from elsewhere.
final class Manual {

    private static final String PAGE = "/api/docs";
    private static final String SCRIPT = "text/javascript; charset=utf-8";

    /// The page runs the scripts that come with it, and asks this hub alone.
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// What is at a path.
    private record Leaf(String path, String contentType, Buffer content) {}

    private final List<Leaf> leaves;

    Manual(Contract contract) {
        var swagger = "/META-INF/resources/webjars/swagger-ui/" + swaggerVersion() + "/";
        leaves = List.of(
                new Leaf("/api/v1/openapi.json", "application/json", Buffer.buffer(contract.json())),
                new Leaf("/api/v1/openapi.yaml", "application/yaml", Buffer.buffer(contract.yaml())),
                new Leaf("/", "text/html; charset=utf-8", resource("root.html")),
                new Leaf(PAGE, "text/html; charset=utf-8", resource("docs.html")),
                new Leaf(PAGE + "/start.js", SCRIPT, resource("docs.js")),
                new Leaf(PAGE + "/swagger-ui.css", "text/css; charset=utf-8", resource(swagger + "swagger-ui.css")),
                new Leaf(PAGE + "/swagger-ui-bundle.js", SCRIPT, resource(swagger + "swagger-ui-bundle.js")));
    }

    void mount(Router router) {
        leaves.forEach(leaf -> router.get(leaf.path).handler(ctx -> send(ctx, leaf)));
    }

    private static void send(RoutingContext ctx, Leaf leaf) {
        ctx.response()
                .putHeader("content-type", leaf.contentType)
                .putHeader("content-security-policy", POLICY)
                .putHeader("x-content-type-options", "nosniff")
                .putHeader("cache-control", "no-cache")
                .end(leaf.content);
    }

    private static String swaggerVersion() {
        var properties = new Properties();
        try (var resource = Manual.class.getResourceAsStream("/META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(Objects.requireNonNull(resource, "swagger-ui"));
        } catch (IOException e) {
            throw new UncheckedIOException("swagger-ui", e);
        }
        return properties.getProperty("version");
    }

    private static Buffer resource(String name) {
        try (var resource = Manual.class.getResourceAsStream(name)) {
            return Buffer.buffer(Objects.requireNonNull(resource, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
