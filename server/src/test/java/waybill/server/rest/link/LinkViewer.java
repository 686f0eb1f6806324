package waybill.server.rest.link;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/// A client of the stream of a public link, as a browser's `EventSource` reads it.
public final class LinkViewer implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpResponse<InputStream> response;
    private final BufferedReader lines;

    /// An event; `id` is empty without one.
    public record Event(String name, String id, JsonNode data) {}

    private LinkViewer(HttpResponse<InputStream> response) {
        this.response = response;
        lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    }

    public static LinkViewer open(HttpClient http, URI url, String... headers) {
        var request = HttpRequest.newBuilder(url).header("accept", "text/event-stream");
        for (var i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return new LinkViewer(
                http.sendAsync(request.build(), BodyHandlers.ofInputStream()).join());
    }

    public int status() {
        return response.statusCode();
    }

    public Optional<String> header(String name) {
        return response.headers().firstValue(name);
    }

    /// The next event; waits for it. Fails at the end of the stream.
    public Event next() {
        return find().orElseThrow(() -> new AssertionError("the stream has ended"));
    }

    /// The next event of that name; others are skipped.
    public Event next(String name) {
        while (true) {
            var event = next();
            if (event.name().equals(name)) {
                return event;
            }
        }
    }

    /// Whether the stream ends without another event.
    public boolean isAtEnd() {
        return find().isEmpty();
    }

    /// The next line as it came, also one that a browser skips; waits for it.
    public String nextLine() {
        try {
            return Objects.requireNonNull(lines.readLine(), "the stream has ended");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Event> find() {
        var name = "message";
        var id = "";
        var data = "";
        try {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("event: ")) {
                    name = line.substring("event: ".length());
                } else if (line.startsWith("id: ")) {
                    id = line.substring("id: ".length());
                } else if (line.startsWith("data: ")) {
                    data = line.substring("data: ".length());
                } else if (line.isEmpty() && !data.isEmpty()) {
                    return Optional.of(new Event(name, id, JSON.readTree(data)));
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
