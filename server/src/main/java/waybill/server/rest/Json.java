package waybill.server.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Writes answers. What clients sent is passed on as the text that it is.
final class Json {

    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private Json() {}

    /// What is written into an answer.
    interface Writing {
        void into(JsonGenerator json) throws IOException;
    }

    static String object(Writing writing) {
        var text = new StringWriter();
        try (var json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writing.into(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a StringWriter has no way to fail
        }
        return text.toString();
    }

    static void raw(JsonGenerator json, String name, String text) throws IOException {
        json.writeFieldName(name);
        json.writeRawValue(text);
    }

    static String time(Instant time) {
        return TIME.format(time);
    }
}
