package waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import waybill.server.rest.contract.Contract;

/// That the contract names every route, and is served with its pages.
class ContractPagesTest extends EndpointsScenario {

    @Test
    void theContractAndTheRouterAgreeBothWays() {
        var routed = kit.routes.router(kit.vertx, _ -> {}).getRoutes().stream()
                .filter(route -> route.methods() != null)
                .flatMap(EndpointsTest::named)
                .filter(route -> !route.equals("GET /"))
                .filter(route -> !route.startsWith("GET /api/docs") && !route.startsWith("GET /api/v1/openapi."))
                .toList();
        var promised = Contract.read().operations().stream()
                .flatMap(operation -> operation.paths().stream().map(path -> operation.method() + " " + path))
                .toList();
        assertThat(promised).hasSizeGreaterThan(40).doesNotHaveDuplicates();
        assertThat(routed).containsExactlyInAnyOrderElementsOf(promised);
    }

    @Test
    void everyOperationDocumentsItsResponses() {
        var contract = Contract.read();
        assertThat(contract.operations()).allSatisfy(operation -> {
            assertThat(contract.responseValidator(
                            operation.id(), operation.method().name().equals("DELETE") ? 400 : 200))
                    .as(operation.id())
                    .isPresent();
            assertThat(operation.paths()).isNotEmpty();
        });
    }

    @Test
    void everyExampleOfTheContractIsValid() throws IOException {
        var document = new YAMLMapper().readTree(Contract.read().yaml());
        var bodies = Contract.read().operations().stream()
                .filter(operation -> operation.body().isPresent())
                .toList();
        assertThat(bodies).hasSizeGreaterThan(10).allSatisfy(operation -> {
            var example = document.findParents("operationId").stream()
                    .filter(said -> said.path("operationId").asText().equals(operation.id()))
                    .map(said -> said.at("/requestBody/content/application~1json/example"))
                    .findFirst()
                    .orElseThrow();
            assertThat(example.isMissingNode()).as(operation.id()).isFalse();
            assertThat(operation.body().orElseThrow().problem("", example))
                    .as(operation.id())
                    .isEmpty();
        });
    }

    @Test
    void theContractIsServedInBothItsForms() throws IOException {
        var json = new ObjectMapper().readTree(get("/api/v1/openapi.json").body());
        assertThat(json.path("openapi").asText()).startsWith("3.1.");
        JsonNode yaml = new YAMLMapper().readTree(get("/api/v1/openapi.yaml").body());
        assertThat(yaml).isEqualTo(json);
    }

    @Test
    void thePageToTryItLoadsNothingFromElsewhere() {
        var page = get("/api/docs");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ");
        var links =
                LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
        assertThat(links).hasSize(3);
        assertThat(links).allSatisfy(link -> {
            assertThat(get(link).statusCode()).isEqualTo(200);
            assertThat(get(link).body()).isNotEmpty();
        });
        assertThat(page.body()).doesNotContain("http:", "https:", "<script>");
    }
}
