package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The allowed structure of a body: the part of its schema that can be checked while the body is parsed, with every
/// reference resolved once.
///
/// @param schema the text of the expectation
/// @param types the JSON types of the schema; empty if it names none
/// @param fields the fields of an object, by each of their names; empty if the schema names none
/// @param isOpen whether an object may have other fields, too
/// @param itemsOrNone the elements of a list, if the schema describes them
/// @param itemsMax how many elements a list may have
record BodyLayout(
        JsonNode schema,
        List<String> types,
        Map<String, Field> fields,
        boolean isOpen,
        @Nullable BodyLayout itemsOrNone,
        int itemsMax) {

    /// The keyword of a field that is an alias of another one.
    static final String SAME_AS = "x-same-as";

    /// @param name the name of the field, whatever alias the client has used
    record Field(String name, BodyLayout layout) {}

    static BodyLayout of(JsonNode document, JsonNode schema) {
        var whole = SchemaText.resolved(document, schema);
        var fields = new LinkedHashMap<String, Field>();
        whole.path("properties").properties().forEach(field -> {
            var layout = of(document, field.getValue());
            fields.put(field.getKey(), new Field(layout.schema.path(SAME_AS).asText(field.getKey()), layout));
        });
        return new BodyLayout(
                whole,
                types(whole.path("type")),
                fields,
                fields.isEmpty() || whole.path("additionalProperties").asBoolean(true),
                whole.has("items") ? of(document, whole.get("items")) : null,
                whole.path("maxItems").asInt(Integer.MAX_VALUE));
    }

    private static List<String> types(JsonNode type) {
        return (type.isArray() ? type.valueStream() : Stream.of(type).filter(JsonNode::isTextual))
                .map(JsonNode::asText)
                .toList();
    }

    /// Whether a value of this JSON type can be valid. An enum has no type, and is of strings.
    boolean accepts(String type) {
        return types.isEmpty() ? !schema.has("enum") && !schema.has("const") : types.contains(type);
    }

    /// The names of the fields, without aliases.
    List<String> names() {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().equals(field.getValue().name()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
