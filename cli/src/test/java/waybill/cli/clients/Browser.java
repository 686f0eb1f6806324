package waybill.cli.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.json.JSONObject;
import waybill.cli.InstalledPrograms;
import waybill.cli.NodeJs;
import waybill.cli.ProgramProcess;

/// Headless Chromium, which runs the exchange in a page with its own origin.
final class Browser {

    private static final Path PROJECT = Path.of("src/test/js").toAbsolutePath();
    private static final long RESULT_WITHIN_SECONDS = 120;

    private Browser() {}

    /// Opens a page of `http://host:PORT` on any free port and returns what the page reports.
    static JSONObject exchange(JSONObject settings, String host, Path profile)
            throws IOException, InterruptedException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        return exchange(settings, host, profile, server);
    }

    /// Opens a page of a server that listens already, so that its port is known before.
    static JSONObject exchange(JSONObject settings, String host, Path profile, HttpServer server)
            throws IOException, InterruptedException {
        var chromium = InstalledPrograms.program("chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser");
        NodeJs.require(PROJECT);
        var result = new CompletableFuture<String>();
        server.createContext("/", file("exchange.html", "text/html"));
        server.createContext("/exchange.js", file("exchange.js", "text/javascript"));
        server.createContext(
                "/socket.io.esm.min.js",
                file("node_modules/socket.io-client/dist/socket.io.esm.min.js", "text/javascript"));
        server.createContext("/settings", exchange -> respond(exchange, "application/json", settings.toString()));
        server.createContext("/result", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            respond(exchange, "text/plain", "");
            result.complete(body);
        });
        server.start();
        var page = "http://" + host + ":" + server.getAddress().getPort() + "/";
        try (var _ = ProgramProcess.start(Map.of(), PROJECT, command(chromium, profile, page))) {
            return new JSONObject(
                    result.orTimeout(RESULT_WITHIN_SECONDS, TimeUnit.SECONDS).join());
        } finally {
            server.stop(0);
        }
    }

    private static List<String> command(Path chromium, Path profile, String page) {
        return List.of(
                chromium.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--host-resolver-rules=MAP *.example 127.0.0.1",
                "--user-data-dir=" + profile,
                "--remote-debugging-port=0", // keeps the page open until it is closed
                page);
    }

    private static HttpHandler file(String name, String type) {
        return exchange -> respond(exchange, type, Files.readString(PROJECT.resolve(name)));
    }

    private static void respond(HttpExchange exchange, String type, String body) throws IOException {
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
