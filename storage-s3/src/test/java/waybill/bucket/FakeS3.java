package waybill.bucket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import waybill.blob.Bucket;
import waybill.blob.BucketKey;

/// A service with the part of the interface of S3 that the hub uses, which can be told to misbehave. It checks
/// signatures and hashes, and shows an object only when it has arrived as a whole.
public final class FakeS3 implements AutoCloseable {

    /// Objects in a page of a list: few, so that a test needs few of them.
    private static final int PAGE_OBJECTS = 2;

    /// What is done with a request instead of what it asks for. Returns whether the request is handled.
    @FunctionalInterface
    public interface Fault {
        boolean handle(HttpExchange exchange) throws IOException;
    }

    private record StoredObject(ByteBuffer body, String type, String sha256, Instant storedAt) {

        StoredObject(byte[] content, String type, String sha256) {
            this(ByteBuffer.wrap(content), type, sha256, Instant.now());
        }

        byte[] content() {
            var bytes = new byte[body.remaining()];
            body.duplicate().get(bytes);
            return bytes;
        }
    }

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final NavigableMap<String, StoredObject> objects = new ConcurrentSkipListMap<>();
    private final Queue<Fault> faults = new ConcurrentLinkedQueue<>();
    private final Queue<String> requests = new ConcurrentLinkedQueue<>();
    private volatile Optional<Fault> lasting = Optional.empty();

    private FakeS3(HttpServer server) {
        this.server = server;
    }

    public static FakeS3 start() throws IOException {
        var fake = new FakeS3(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        fake.server.setExecutor(fake.executor);
        fake.server.createContext("/", fake::handle);
        fake.server.start();
        return fake;
    }

    /// The bucket of the service.
    public Bucket bucket() {
        return new Bucket(
                "proofs",
                "hub-1/",
                Optional.of("http://127.0.0.1:" + server.getAddress().getPort()),
                "eu-north-1",
                true,
                new BucketKey("AKIAEXAMPLE", "the-secret-of-the-example"));
    }

    /// The next request is handled so, and not as it asks.
    public FakeS3 next(Fault fault) {
        faults.add(fault);
        return this;
    }

    /// All further requests are handled so.
    public FakeS3 always(Fault fault) {
        lasting = Optional.of(fault);
        return this;
    }

    /// Requests are handled as they ask again.
    public void recover() {
        lasting = Optional.empty();
        faults.clear();
    }

    /// How many files of hubs there are.
    public long files() {
        return objects.keySet().stream().filter(key -> !key.endsWith(".txt")).count();
    }

    /// The methods of the requests so far.
    public String requests() {
        return String.join(" ", requests);
    }

    public void put(String key, byte[] content) {
        objects.put(key, new StoredObject(content, "", ""));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(exchange.getRequestMethod());
            var next = Optional.ofNullable(faults.poll());
            var fault = next.or(() -> lasting);
            if (fault.isEmpty() || !fault.get().handle(exchange)) {
                answer(exchange);
            }
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    private void answer(HttpExchange exchange) throws IOException, GeneralSecurityException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var hash = exchange.getRequestHeaders().getFirst("x-amz-content-sha256");
        var isIntact = hash == null || hash.equals("UNSIGNED-PAYLOAD") || hash.equals(sha256(body));
        if (!new SignatureCheck(bucket()).isSigned(exchange) || !isIntact) {
            error(exchange, 403, "SignatureDoesNotMatch");
        } else if (!path.startsWith("/proofs")) {
            error(exchange, 404, "NoSuchBucket");
        } else if (path.length() <= "/proofs/".length()) {
            list(exchange);
        } else {
            object(exchange, path.substring("/proofs/".length()), body);
        }
    }

    private void object(HttpExchange exchange, String key, byte[] body) throws IOException {
        switch (exchange.getRequestMethod()) {
            case "PUT" -> put(exchange, key, body);
            case "GET", "HEAD" -> read(exchange, key);
            case "DELETE" -> {
                objects.remove(key);
                exchange.sendResponseHeaders(204, -1);
            }
            default -> error(exchange, 405, "MethodNotAllowed");
        }
    }

    private void put(HttpExchange exchange, String key, byte[] body) throws IOException {
        var headers = exchange.getRequestHeaders();
        var expected = headers.getFirst("x-amz-checksum-sha256");
        if (expected != null
                && !HexFormat.of()
                        .formatHex(Base64.getDecoder().decode(expected))
                        .equals(sha256(body))) {
            error(exchange, 400, "BadDigest");
            return;
        }
        objects.put(
                key,
                new StoredObject(
                        body,
                        headers.getFirst("content-type"),
                        headers.containsKey("x-amz-meta-sha256") ? headers.getFirst("x-amz-meta-sha256") : ""));
        exchange.getResponseHeaders().add("etag", "\"" + key.hashCode() + "\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        var object = objects.get(key);
        if (object == null) {
            error(exchange, 404, "NoSuchKey");
            return;
        }
        var headers = exchange.getResponseHeaders();
        headers.add("content-type", object.type());
        headers.add("x-amz-meta-sha256", object.sha256());
        if (exchange.getRequestMethod().equals("HEAD")) {
            headers.add("content-length", Integer.toString(object.content().length));
            exchange.sendResponseHeaders(200, -1);
        } else {
            respond(exchange, 200, object.content());
        }
    }

    private void list(HttpExchange exchange) throws IOException {
        var query = Stream.of(exchange.getRequestURI().getRawQuery().split("&"))
                .map(one -> one.split("=", 2))
                .collect(Collectors.toMap(
                        one -> one[0], one -> URLDecoder.decode(one[1], StandardCharsets.UTF_8), (a, _) -> a));
        var prefix = query.getOrDefault("prefix", "");
        var found = objects.tailMap(query.getOrDefault("continuation-token", prefix), true).entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .limit(PAGE_OBJECTS + 1L)
                .toList();
        var next = found.size() > PAGE_OBJECTS
                ? "<NextContinuationToken>" + found.getLast().getKey() + "</NextContinuationToken>"
                : "";
        respondXml(
                exchange,
                200,
                "<ListBucketResult><IsTruncated>" + !next.isEmpty() + "</IsTruncated>" + next
                        + found.stream()
                                .limit(PAGE_OBJECTS)
                                .map(FakeS3::contents)
                                .collect(Collectors.joining())
                        + "</ListBucketResult>");
    }

    private static String contents(Map.Entry<String, StoredObject> entry) {
        return "<Contents><Key>" + entry.getKey() + "</Key><LastModified>"
                + entry.getValue().storedAt() + "</LastModified><Size>"
                + entry.getValue().content().length + "</Size></Contents>";
    }

    /// Answers an error as S3 does.
    public static void error(HttpExchange exchange, int status, String code) throws IOException {
        respondXml(exchange, status, "<Error><Code>" + code + "</Code><Message>an example</Message></Error>");
    }

    private static void respondXml(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getResponseHeaders().add("content-type", "application/xml");
        respond(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
    }
}
