package waybill.socketio.packet;

import java.util.List;
import org.jspecify.annotations.Nullable;
import waybill.socketio.adapter.JsonText;
import waybill.socketio.adapter.ProtocolException;

/// A JSON array as text, with the places of its elements.
///
/// Made by the decoder it is known to be well-formed; made by [#ofTrusted] it is what the caller vouches for.
public final class JsonArray implements JsonText {

    private static final StringCache PLAIN_TEXTS = new StringCache();

    private final String json;
    private int @Nullable [] bounds; // start and end of each element; found on first use where not known

    private JsonArray(String json, int @Nullable [] bounds) {
        this.json = json;
        this.bounds = bounds;
    }

    /// The array that the whole text must be.
    static JsonArray scan(String json, int depthMax) throws ProtocolException {
        return new JsonArray(json, JsonScanner.elements(json, depthMax));
    }

    /// An array of one element, which the whole text must be.
    public static JsonArray only(String json, int depthMax) throws ProtocolException {
        JsonScanner.check(json, 1, depthMax);
        return ofTrusted("[" + json + "]");
    }

    /// An array that was just written by us, or by a node that we trust.
    public static JsonArray ofTrusted(String json) {
        return new JsonArray(json, null);
    }

    /// The array of a packet.
    public static JsonArray of(JsonText data) {
        return data instanceof JsonArray array ? array : ofTrusted(data.json());
    }

    public int size() {
        return bounds().length / 2;
    }

    /// The JSON text of one element.
    public String element(int index) {
        var places = bounds();
        return json.substring(places[2 * index], places[2 * index + 1]);
    }

    /// One element as a Java value; a placeholder becomes the attachment it stands for.
    public @Nullable Object value(int index, List<byte[]> attachments) {
        var places = bounds();
        return JsonReader.read(json, places[2 * index], places[2 * index + 1], attachments);
    }

    /// An element that is a string without an escape; null for any other. Of equal ones that come often there is one
    /// copy.
    public @Nullable String plainTextOrNone(int index) {
        var places = bounds();
        int start = places[2 * index];
        int end = places[2 * index + 1];
        return json.charAt(start) == '"' && json.indexOf('\\', start, end) < 0
                ? PLAIN_TEXTS.substring(json, start + 1, end - 1)
                : null;
    }

    /// Whether an element is a JSON string or a number: a JavaScript client may give an event either for a name.
    public boolean isEventName(int index) {
        char first = json.charAt(bounds()[2 * index]);
        return first == '"' || first == '-' || (first >= '0' && first <= '9');
    }

    /// The whole array, with its brackets.
    @Override
    public String json() {
        return json;
    }

    private int[] bounds() {
        var places = bounds;
        if (places == null) {
            try {
                places = JsonScanner.elements(json, Integer.MAX_VALUE);
            } catch (ProtocolException e) {
                throw new IllegalStateException("not a JSON array: " + e.getMessage(), e);
            }
            bounds = places;
        }
        return places;
    }

    @Override
    public String toString() {
        return json;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonArray that && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }
}
