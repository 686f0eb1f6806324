package waybill.storage.sql;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/// JSON objects of which every field is a string. What cannot be read back was not written here: a bug, and loud.
final class FlatJson {

    static final JsonFactory JSON = new JsonFactory();

    private FlatJson() {}

    /// `fieldsAndValues` alternate.
    static String write(String... fieldsAndValues) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (var i = 0; i < fieldsAndValues.length; i += 2) {
                out.writeStringField(fieldsAndValues[i], fieldsAndValues[i + 1]);
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter takes everything
        }
        return text.toString();
    }

    static Map<String, String> read(String json) {
        var fields = new HashMap<String, String>();
        try (var in = JSON.createParser(json)) {
            in.nextToken();
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                var name = in.currentName();
                fields.put(name, in.nextTextValue());
            }
            return fields;
        } catch (IOException e) {
            throw new IllegalStateException("a row that is not JSON: " + e.getMessage(), e);
        }
    }
}
