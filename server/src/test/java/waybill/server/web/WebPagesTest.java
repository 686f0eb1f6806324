package waybill.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import waybill.server.Config;
import waybill.server.WaybillServer;

/// The pages and their files over the hub's port.
class WebPagesTest {

    private static final Pattern ASSET = Pattern.compile("/assets/[^\"]+");
    private static final Pattern IMPORT_MAP = Pattern.compile("<script type=\"importmap\">(.+?)</script>");

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static WaybillServer hub;

    @BeforeAll
    static void start(@TempDir Path data) {
        hub = WaybillServer.start(Config.defaults(data).withPorts(List.of(0)));
    }

    @AfterAll
    static void stop() {
        hub.close();
        HTTP.close();
    }

    private static HttpResponse<byte[]> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        var port = hub.addresses().getFirst().getPort();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static String dashboard() throws IOException, InterruptedException {
        return new String(send("GET", "/dashboard").body(), StandardCharsets.UTF_8);
    }

    @Test
    void theRootLeadsToTheDashboard() throws IOException, InterruptedException {
        var root = send("GET", "/");
        assertThat(root.statusCode()).isEqualTo(302);
        assertThat(header(root, "location")).isEqualTo("/dashboard");
    }

    @Test
    void aPageRunsItsOwnScriptsAndItsImportMapAlone()
            throws IOException, InterruptedException, NoSuchAlgorithmException {
        var policy = header(send("GET", "/dashboard"), "content-security-policy");
        var importMap = IMPORT_MAP
                .matcher(dashboard())
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        var hash = MessageDigest.getInstance("SHA-256").digest(importMap.getBytes(StandardCharsets.UTF_8));
        assertThat(policy)
                .contains("default-src 'none'")
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void theDriversPageAloneCompilesWebAssembly() throws IOException, InterruptedException {
        assertThat(header(send("GET", "/driver"), "content-security-policy"))
                .contains("' 'wasm-unsafe-eval'; style-src 'self'")
                .doesNotContain("'unsafe");
        assertThat(header(send("GET", "/store"), "content-security-policy")).doesNotContain("unsafe");
        var reader = send("GET", "/assets/vendor/zxing-wasm-3.1.6/zxing_reader.wasm");
        assertThat(header(reader, "content-type")).isEqualTo("application/wasm");
    }

    @Test
    void everyFileThatAPageNamesIsServedForGood() throws IOException, InterruptedException {
        var assets = ASSET.matcher(dashboard())
                .results()
                .map(found -> found.group())
                .distinct()
                .toList();
        assertThat(assets).hasSizeGreaterThan(8);
        for (var asset : assets) {
            var response = send("GET", asset);
            assertThat(response.statusCode()).as(asset).isEqualTo(200);
            assertThat(header(response, "cache-control")).isEqualTo("public, max-age=31536000, immutable");
            assertThat(header(response, "x-content-type-options")).isEqualTo("nosniff");
        }
    }

    @Test
    void aFileIsSentCompressedOrNotAtAllWhenTheBrowserHasIt() throws IOException, InterruptedException {
        var script = ASSET.matcher(dashboard())
                .results()
                .map(found -> found.group())
                .filter(path -> path.endsWith("app/dashboard.js"))
                .findFirst()
                .orElseThrow();
        var plain = send("GET", script);
        assertThat(header(plain, "content-type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(header(plain, "content-encoding")).isEmpty();
        var compressed = send("GET", script, "accept-encoding", "br;q=1, gzip");
        assertThat(header(compressed, "content-encoding")).isEqualTo("gzip");
        try (var unzipped = new GZIPInputStream(new ByteArrayInputStream(compressed.body()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(plain.body());
        }
        assertThat(header(send("GET", script, "accept-encoding", "gzip;q=0"), "content-encoding"))
                .isEmpty();
        var unchanged = send("GET", script, "if-none-match", header(plain, "etag"));
        assertThat(unchanged.statusCode()).isEqualTo(304);
        assertThat(unchanged.body()).isEmpty();
        var head = send("HEAD", script);
        assertThat(header(head, "content-length")).isEqualTo("" + plain.body().length);
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/assets/",
                "/assets/files.txt",
                "/assets/vendor/VENDOR.md",
                "/assets/0123456789ab/app/dashboard.js",
                "/assets/..%2f..%2fserver/rest/contract/openapi.yaml",
                "/assets/%2e%2e/pages/dashboard.html",
                "/assets/vendor"
            })
    void noOtherResourceIsServed(String path) throws IOException, InterruptedException {
        assertThat(send("GET", path).statusCode()).as(path).isEqualTo(404);
    }

    @Test
    void aHubWithoutABasemapHasNone() throws IOException, InterruptedException {
        assertThat(send("GET", "/dashboard/basemap.json").statusCode()).isEqualTo(404);
        assertThat(dashboard()).doesNotContain("basemap.json");
    }

    @Test
    void aFileCannotBeWritten() throws IOException, InterruptedException {
        var asset =
                ASSET.matcher(dashboard()).results().findFirst().orElseThrow().group();
        assertThat(send("PUT", asset).statusCode()).isIn(404, 405);
    }
}
