package waybill.server.rest.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a body may consist of: the part of its schema that can be checked while the body is read, with every reference
/// resolved once.
///
/// @param schema says in words what is expected
/// @param types the JSON types that the schema names; empty if it names none
/// @param fields the fields of an object, by each name that a client may use; empty if the schema names none
/// @param isOpen whether an object may have other fields, too
/// @param itemsOrNone the elements of a list, if the schema says what they are
/// @param itemsMax how many elements a list may have
record BodyLayout(
        JsonNode schema,
        List<String> types,
        Map<String, Field> fields,
        boolean isOpen,
        @Nullable BodyLayout itemsOrNone,
        int itemsMax) {

    /// The keyword of a field that is another name for one beside it.
    static final String SAME_AS = "x-same-as";

    /// @param name under which the field is read, whatever the client has called it
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

    /// Whether a value of this JSON type can be valid. A list of words has no type, and is of texts.
    boolean accepts(String type) {
        return types.isEmpty() ? !schema.has("enum") && !schema.has("const") : types.contains(type);
    }

    /// The names of the fields, those that are the same as others left out.
    List<String> names() {
        return fields.entrySet().stream()
                .filter(field -> field.getKey().equals(field.getValue().name()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
