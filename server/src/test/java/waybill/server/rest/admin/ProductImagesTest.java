package waybill.server.rest.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import waybill.server.rest.ApiTestClient;

/// Images of products over HTTP.
class ProductImagesTest {

    private static final String PRODUCTS = "/api/v1/stores/shop/products";
    private static final String IMAGE = PRODUCTS + "/tea%20pot/image";
    private static final String MENU =
            "{\"products\": [{\"id\": \"tea pot\", \"price\": 1}, {\"id\": \"cup\", \"price\": 1}]}";

    @RegisterExtension
    static final ApiTestClient api = ApiTestClient.ofTestClass();

    private static byte[] jpeg(int fill) {
        var bytes = new byte[50_000];
        Arrays.fill(bytes, (byte) fill);
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF}, 0, bytes, 0, 3);
        return bytes;
    }

    private static HttpResponse<byte[]> send(String method, String who, String path, byte[] body, String... headers) {
        var request = HttpRequest.newBuilder(api.uri(path))
                .header("authorization", "Bearer " + api.token(who))
                .header("content-type", "image/jpeg")
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String imageUrl() {
        return api.get("customer:c", PRODUCTS)
                .is(200)
                .body()
                .path("products")
                .valueStream()
                .filter(product -> product.path("id").asText().equals("tea pot"))
                .findFirst()
                .orElseThrow()
                .path("imageUrl")
                .asText();
    }

    @Test
    void aStoreSetsTheImageOfAProductAndEveryRoleMayReadAndCacheIt() {
        api.request("PUT", "merchant:shop", PRODUCTS, MENU).is(200);
        assertThat(imageUrl()).isEmpty();
        var set = send("PUT", "merchant:shop", IMAGE, jpeg(1));
        assertThat(set.statusCode()).isEqualTo(204);

        var url = imageUrl();
        var read = send("GET", "customer:c", url, new byte[0]);
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(jpeg(1));
        assertThat(read.headers().firstValue("cache-control")).contains("private, max-age=86400");
        assertThat(read.headers().firstValue("x-content-type-options")).contains("nosniff");
        var tag = read.headers().firstValue("etag").orElseThrow();
        assertThat(set.headers().firstValue("etag")).contains(tag);
        assertThat(send("GET", "driver:d", url, new byte[0], "if-none-match", "\"x\", W/" + tag)
                        .statusCode())
                .isEqualTo(304);

        api.request("PUT", "merchant:shop", PRODUCTS, MENU).is(200);
        assertThat(imageUrl()).as("after the catalogue was replaced").isEqualTo(url);
        assertThat(send("PUT", "admin:root", IMAGE, jpeg(2)).statusCode()).isEqualTo(204);
        assertThat(imageUrl()).isNotEqualTo(url);
        assertThat(send("DELETE", "merchant:shop", IMAGE, new byte[0]).statusCode())
                .isEqualTo(204);
        assertThat(send("GET", "customer:c", IMAGE, new byte[0]).statusCode()).isEqualTo(404);
        assertThat(send("DELETE", "merchant:shop", IMAGE, new byte[0]).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anotherStoreAndACustomerMayNotSetIt() {
        api.request("PUT", "merchant:shop", PRODUCTS, MENU).is(200);
        assertThat(send("PUT", "merchant:other", IMAGE, jpeg(1)).statusCode()).isEqualTo(403);
        assertThat(send("PUT", "customer:c", IMAGE, jpeg(1)).statusCode()).isEqualTo(403);
        assertThat(send("PUT", "merchant:shop", PRODUCTS + "/none/image", jpeg(1))
                        .statusCode())
                .isEqualTo(404);
        assertThat(send("PUT", "merchant:shop", PRODUCTS + "/cup/image", new byte[20])
                        .statusCode())
                .isEqualTo(400);
    }
}
