package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import waybill.server.rest.contract.Contract;

/// Holds every answer to the contract, in which nothing may be that it does not name.
final class StrictContract {

    private static final Contract STRICT = strict();

    private StrictContract() {}

    /// Fails if the contract permits no such answer of the request.
    static void require(String method, String path, HttpResponse<String> answer, JsonNode body) {
        var type = answer.headers().firstValue("content-type").orElse("");
        var route = path.replaceFirst("\\?.*", "");
        STRICT.operations().stream()
                .filter(operation -> operation.method().name().equals(method) && operation.isAt(route))
                .findFirst()
                .ifPresent(operation -> STRICT.responseValidator(operation.id(), answer.statusCode(), type)
                        .ifPresentOrElse(
                                validator -> assertThat(
                                                validator.problem("", body).map(Throwable::getMessage))
                                        .as("%s answered %s", operation.id(), answer.body())
                                        .isEmpty(),
                                () -> assertThat(answer.body())
                                        .as(operation.id())
                                        .isEmpty()));
    }

    private static Contract strict() {
        try {
            var document = new YAMLMapper().readTree(Contract.read().yaml());
            close(document);
            return new Contract(new YAMLMapper().writeValueAsString(document));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void close(JsonNode node) {
        if (node instanceof ObjectNode described
                && described.path("properties").isObject()
                && !described.has("additionalProperties")) {
            described.put("additionalProperties", false);
        }
        node.forEach(StrictContract::close);
    }
}
