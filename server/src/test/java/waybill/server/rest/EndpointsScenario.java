package waybill.server.rest;

import io.vertx.ext.web.Route;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import waybill.server.identity.IdentityConfig;

/// The endpoints on a port, and a client of them.
abstract class EndpointsScenario {

    static final Pattern LINK = Pattern.compile("(?:src|href)=\"(/[^\"]+)\"");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path data;

    final HttpClient http = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    RestFixture kit;

    int port;

    @BeforeEach
    void start() {
        kit = new RestFixture(data, IdentityConfig.development());
        port = kit.serve();
    }

    @AfterEach
    void stop() {
        http.close();
        kit.close();
    }

    static Stream<String> named(Route route) {
        return route.methods().stream().map(method -> method + " " + route.getPath());
    }

    String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    HttpResponse<String> get(String path, String... headers) {
        var request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return http.sendAsync(request.build(), BodyHandlers.ofString()).join();
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }
}
