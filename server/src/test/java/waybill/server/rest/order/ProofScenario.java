package waybill.server.rest.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import waybill.server.rest.ApiTestClient;

/// Orders that require proofs, and the bodies with which drivers prove a delivery.
final class ProofScenario {

    static final String ORDERS = "/api/v1/orders";
    static final String STORE = "merchant:bakery";
    static final String CUSTOMER = "customer:ada";
    static final String DRIVER = "driver:kari";

    private final ApiTestClient api;
    private final HttpClient http = HttpClient.newHttpClient();

    ProofScenario(ApiTestClient api) {
        this.api = api;
    }

    /// Places an order of [#CUSTOMER] that requires these proofs, and has [#DRIVER] bring it to the door.
    String inTransit(String... required) {
        var id = place(required);
        for (var status : new String[] {"accepted", "ready_for_pickup"}) {
            api.status(STORE, id, status).is(200);
        }
        for (var status : new String[] {"assigned_to_driver", "picked_up", "in_transit"}) {
            api.status(DRIVER, id, status).is(200);
        }
        return id;
    }

    void deliver(String order) {
        api.status(DRIVER, order, "delivered").is(200);
    }

    String place(String... required) {
        var kinds = Stream.of(required).map(kind -> '"' + kind + '"').toList();
        return api.post(STORE, ORDERS, """
                        {"customerId": "ada", "items": [{"product": "bread", "quantity": 1}], "deliveryAddress": "1 Elm Road",
                         "proofRequired": %s}""".formatted(kinds)).is(201).text("orderId");
    }

    ApiTestClient.Answer prove(String who, String order, String json, String... headers) {
        return api.post(who, ORDERS + "/" + order + "/proof", json, headers);
    }

    /// Sends an image as the body.
    HttpResponse<String> photo(String who, String order, byte[] image, String... headers) {
        return upload(who, ORDERS + "/" + order + "/proof?kind=photo", "image/jpeg", image, headers);
    }

    HttpResponse<String> upload(String who, String path, String type, byte[] body, String... headers) {
        return send(HttpRequest.newBuilder(api.uri(path))
                .header("authorization", "Bearer " + api.token(who))
                .header("content-type", type)
                .headers(headers.length > 0 ? headers : new String[] {"x-test", "1"})
                .method(path.contains("/image") ? "PUT" : "POST", BodyPublishers.ofByteArray(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpResponse<byte[]> download(String who, String path) {
        return downloadWith(HttpRequest.newBuilder(api.uri(path))
                .header("authorization", "Bearer " + api.token(who))
                .build());
    }

    HttpResponse<byte[]> downloadWith(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static String field(HttpResponse<String> answer, String name) {
        try {
            return new ObjectMapper().readTree(answer.body()).path(name).asText();
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }

    /// What begins like a photo, and has that many bytes.
    static byte[] jpeg(int seed, int size) {
        var bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, (byte) 0xE0}, 0, bytes, 0, 4);
        return bytes;
    }

    /// How many files are stored, complete or not. One that is deleted meanwhile does not count.
    static long files(Path data) {
        try (var folders = Files.list(data.resolve("blobs"))) {
            return folders.map(Path::toFile)
                    .mapToLong(one -> one.isFile() ? 1 : Objects.requireNonNullElse(one.list(), new String[0]).length)
                    .sum();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until as many files are stored.
    static void awaitFiles(Path data, long count) {
        var endMs = System.nanoTime() + 20_000_000_000L;
        while (files(data) != count && System.nanoTime() < endMs) {
            Thread.onSpinWait();
        }
        assertThat(files(data)).isEqualTo(count);
    }
}
