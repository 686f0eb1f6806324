package waybill.server.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/// Reads what was sent along. It is JSON whatever its type says: `curl -d` says that it is a form.
final class Body {

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Body() {}

    /// Fails with a [Problem] once there are more than `bytesMax`; what comes after that is thrown away.
    static Future<Buffer> read(HttpServerRequest request, int bytesMax) {
        var whole = Promise.<Buffer>promise();
        var body = Buffer.buffer();
        request.handler(part -> {
            if (whole.future().isComplete()) {
                return;
            }
            if (body.length() + part.length() > bytesMax) {
                whole.fail(Problem.tooLarge(bytesMax));
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> whole.tryComplete(body));
        request.exceptionHandler(whole::tryFail);
        return whole.future();
    }

    static JsonNode json(Buffer body) {
        if (body.length() == 0) {
            return MissingNode.getInstance();
        }
        try {
            return JSON.readTree(body.getBytes());
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw Problem.invalid(
                    "body",
                    "body: no JSON at line " + at.getLineNr() + ", column " + at.getColumnNr() + " (expected: JSON)");
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory could not be read", e);
        }
    }
}
