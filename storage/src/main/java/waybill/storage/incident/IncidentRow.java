package waybill.storage.incident;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A row of a table as a line of JSON: an object with a field for each column. Bytes are `{"hex": "…"}`.
final class IncidentRow {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Pattern NAME = Pattern.compile("[a-z_]{1,40}");
    private static final String HEX = "hex";

    private IncidentRow() {}

    static Map<String, @Nullable Object> read(ResultSet row) throws SQLException {
        var columns = row.getMetaData();
        var values = new LinkedHashMap<String, @Nullable Object>();
        for (var i = 1; i <= columns.getColumnCount(); i++) {
            values.put(columns.getColumnName(i), row.getObject(i));
        }
        return values;
    }

    static String write(Map<String, ? extends @Nullable Object> values) {
        var text = new StringWriter();
        try (var out = JSON.createGenerator(text)) {
            out.writeStartObject();
            for (var value : values.entrySet()) {
                out.writeFieldName(value.getKey());
                write(out, value.getValue());
            }
            out.writeEndObject();
        } catch (IOException e) {
            throw new AssertionError(e); // a StringWriter takes everything
        }
        return text.toString();
    }

    private static void write(JsonGenerator out, @Nullable Object value) throws IOException {
        switch (value) {
            case null -> out.writeNull();
            case String text -> out.writeString(text);
            case Double fraction -> out.writeNumber(fraction);
            case Number number -> out.writeNumber(number.longValue());
            case byte[] bytes -> {
                out.writeStartObject();
                out.writeStringField(HEX, HexFormat.of().formatHex(bytes));
                out.writeEndObject();
            }
            default -> throw new IllegalArgumentException("value: " + value.getClass() + " (expected: of SQL)");
        }
    }

    /// Throws when the line is no row.
    static Map<String, @Nullable Object> parse(String line) throws IOException {
        try (var in = JSON.createParser(line)) {
            require(in.nextToken() == JsonToken.START_OBJECT);
            var values = new LinkedHashMap<String, @Nullable Object>();
            for (var name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
                require(NAME.matcher(name).matches()); // it becomes part of a statement
                values.put(
                        name,
                        switch (in.nextToken()) {
                            case VALUE_NULL -> null;
                            case VALUE_STRING -> in.getText();
                            case VALUE_NUMBER_INT -> in.getLongValue();
                            case VALUE_NUMBER_FLOAT -> in.getDoubleValue();
                            case START_OBJECT -> {
                                require(HEX.equals(in.nextFieldName()));
                                var bytes = HexFormat.of().parseHex(in.nextTextValue());
                                require(in.nextToken() == JsonToken.END_OBJECT);
                                yield bytes;
                            }
                            case null, default -> throw invalid();
                        });
            }
            return values;
        } catch (IllegalArgumentException e) {
            throw new IOException("a line that is no row", e);
        }
    }

    private static void require(boolean isValid) throws IOException {
        if (!isValid) {
            throw invalid();
        }
    }

    private static IOException invalid() {
        return new IOException("a line that is no row (expected: an object of numbers, texts and bytes)");
    }
}
