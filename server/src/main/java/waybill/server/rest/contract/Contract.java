package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.DisallowUnknownKeywordFactory;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import waybill.access.Action;
import waybill.server.rest.contract.Operation.AuthRequirement;
import waybill.server.rest.contract.Operation.Parameter;

/// The contract of the REST API: `openapi.yaml`, read once. It is the only source of endpoints, their
/// authentication and their schemas.
public final class Contract {

    private static final String NAME = "urn:waybill:openapi";
    private static final Set<String> METHODS = Set.of("get", "head", "put", "post", "patch", "delete");

    /// The keywords of the document besides schemas, and of schemas besides JSON Schema's.
    private static final List<String> NON_SCHEMA_KEYWORDS =
            List.of("openapi", "info", "servers", "security", "tags", "paths", "components", BodyLayout.SAME_AS);

    private final String yaml;
    private final JsonNode document;
    private final Schema schemas; // of the whole document
    private final List<Operation> operations;

    /// Parses a document.
    public Contract(String yaml) throws IOException {
        this.yaml = yaml;
        document = new YAMLMapper().readTree(yaml);
        var json = document.toString();
        schemas = SchemaRegistry.withDialect(
                        dialect(),
                        registry -> registry.schemas(Map.of(NAME, json))
                                .schemaRegistryConfig(SchemaRegistryConfig.builder()
                                        .formatAssertionsEnabled(true)
                                        .failFast(true) // one error is reported, so the others need not be found
                                        .build()))
                .getSchema(SchemaLocation.of(NAME));
        operations = document.path("paths").properties().stream()
                .flatMap(path -> operations(path.getKey(), path.getValue()))
                .toList();
    }

    /// The vocabulary of OpenAPI 3.1, without unknown keywords: such a keyword is a typing error.
    private static Dialect dialect() {
        var openApi = Dialects.getOpenApi31();
        return Dialect.builder(openApi.getId(), openApi)
                .keywords(NON_SCHEMA_KEYWORDS.stream()
                        .map(NonValidationKeyword::new)
                        .toList())
                .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
                .build();
    }

    /// The contract of this hub.
    public static Contract read() {
        return Holder.CONTRACT;
    }

    /// Reading it takes a while, so one process does it once.
    private static final class Holder {
        static final Contract CONTRACT = load();

        private static Contract load() {
            try (var resource = Contract.class.getResourceAsStream("openapi.yaml")) {
                var bytes = Objects.requireNonNull(resource, "openapi.yaml").readAllBytes();
                return new Contract(new String(bytes, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("openapi.yaml", e);
            }
        }
    }

    public String yaml() {
        return yaml;
    }

    String json() {
        return document.toPrettyString();
    }

    public List<Operation> operations() {
        return operations;
    }

    /// The methods of that path.
    public Set<String> methodsAt(String path) {
        var methods = new TreeSet<String>();
        for (var operation : operations) {
            if (operation.isAt(path)) {
                methods.add(operation.method().name());
            }
        }
        return methods;
    }

    /// The media types of the responses of that path.
    public Set<String> responseTypesAt(String path) {
        var types = new LinkedHashSet<String>();
        operations.stream()
                .filter(operation -> operation.isAt(path))
                .forEach(operation -> types.addAll(operation.responseTypes()));
        return types;
    }

    /// The schema of the response with that status, empty if the contract has none.
    public Optional<SchemaValidator> responseValidator(String operationId, int status) {
        return responseValidator(operationId, status, "");
    }

    /// The same in one of the available media types, or in the first.
    public Optional<SchemaValidator> responseValidator(String operationId, int status, String mediaType) {
        var responses = operation(operationId).path("responses");
        var pointer = pointer(operationId) + "/responses/" + status;
        if (responses.path(Integer.toString(status)).isMissingNode()) {
            pointer = pointer(operationId) + "/responses/default";
        }
        var found = resolved(pointer);
        var types = responseTypes(found);
        return types.stream()
                .filter(mediaType::equals)
                .findFirst()
                .or(() -> types.stream().findFirst())
                .map(type -> validator(found.pointer() + "/content/" + escaped(type) + "/schema"));
    }

    private static List<String> responseTypes(ResolvedNode response) {
        return response.node().path("content").properties().stream()
                .map(Map.Entry::getKey)
                .toList();
    }

    private JsonNode operation(String id) {
        return document.at(pointer(id));
    }

    private String pointer(String operationId) {
        for (var path : document.path("paths").properties()) {
            for (var one : path.getValue().properties()) {
                if (one.getValue().path("operationId").asText().equals(operationId)) {
                    return "/paths/" + escaped(path.getKey()) + "/" + one.getKey();
                }
            }
        }
        throw new IllegalArgumentException("operationId: " + operationId + " (expected: one of the contract)");
    }

    private Stream<Operation> operations(String path, JsonNode item) {
        return item.properties().stream()
                .filter(one -> METHODS.contains(one.getKey()))
                .map(one -> operation(path, item, one.getKey(), one.getValue()));
    }

    private Operation operation(String path, JsonNode item, String method, JsonNode definition) {
        var pointer = "/paths/" + escaped(path);
        var parameters = new ArrayList<>(parameters(item, pointer));
        parameters.addAll(parameters(definition, pointer + "/" + method));
        var isRaw = definition.path("x-body").asText().equals("raw");
        var isUpload = definition.path("x-body").asText().equals("upload");
        var hasSchema = definition.path("requestBody").path("content").has("application/json");
        var body = isRaw
                        || (isUpload && !hasSchema)
                        || definition.path("requestBody").isMissingNode()
                ? Optional.<SchemaValidator>empty()
                : Optional.of(validator(pointer + "/" + method + "/requestBody/content/application~1json/schema"));
        return new Operation(
                definition.path("operationId").asText(),
                HttpMethod.valueOf(method.toUpperCase(Locale.ROOT)),
                path,
                paths(path, item),
                authRequirement(definition),
                responseTypes(resolved(pointer + "/" + method + "/responses/200")),
                definition
                        .path("x-actions")
                        .valueStream()
                        .map(action -> Action.valueOf(action.asText()))
                        .toList(),
                !definition.path("x-rate").asText().equals("unlimited"),
                definition.path("requestBody").path("required").asBoolean(),
                isRaw,
                isUpload,
                List.copyOf(parameters),
                body);
    }

    private List<String> paths(String path, JsonNode item) {
        var servers = item.has("servers") ? item.get("servers") : document.get("servers");
        return servers.valueStream()
                .map(server -> server.path("url").asText().replaceFirst("/$", ""))
                .map(prefix -> prefix + path.replaceAll("\\{(\\w+)}", ":$1"))
                .toList();
    }

    private static AuthRequirement authRequirement(JsonNode definition) {
        var security = definition.path("security");
        if (security.isMissingNode()) {
            return AuthRequirement.TOKEN;
        }
        if (security.isEmpty()) {
            return AuthRequirement.OPEN;
        }
        return security.path(0).has("tracker") ? AuthRequirement.TRACKER : AuthRequirement.OPERATOR;
    }

    private List<Parameter> parameters(JsonNode holder, String pointer) {
        var parameters = new ArrayList<Parameter>();
        for (var i = 0; i < holder.path("parameters").size(); i++) {
            var found = resolved(pointer + "/parameters/" + i);
            parameters.add(new Parameter(
                    found.node().path("name").asText(),
                    Parameter.Location.valueOf(found.node().path("in").asText().toUpperCase(Locale.ROOT)),
                    found.node().path("required").asBoolean(),
                    validator(found.pointer() + "/schema")));
        }
        return parameters;
    }

    /// A node of the document, with its reference resolved.
    private record ResolvedNode(String pointer, JsonNode node) {}

    private ResolvedNode resolved(String pointer) {
        var node = document.at(pointer);
        var reference = node.path("$ref");
        return reference.isMissingNode()
                ? new ResolvedNode(pointer, node)
                : resolved(reference.asText().substring(1));
    }

    private SchemaValidator validator(String pointer) {
        if (document.at(pointer) instanceof MissingNode) {
            throw new IllegalStateException(pointer + ": missing in the contract (expected: a schema)");
        }
        // the registry would parse the whole document again for each place in it
        var schema =
                schemas.getRefSchema(SchemaLocation.of(NAME + "#" + pointer).getFragment());
        schema.initializeValidators();
        return new SchemaValidator(schema, document, pointer);
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
