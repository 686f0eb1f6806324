package waybill.server.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import waybill.server.rest.contract.Problem;

/// Where the next page of a list begins, as a word that means something to the hub alone.
public final class Cursor {

    private Cursor() {}

    /// The cursor of the page after that.
    ///
    /// @param list what is listed, so that nobody goes on in another list
    /// @param last the key of the last one that was shown
    public static String after(String list, String last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ":" + last).getBytes(StandardCharsets.UTF_8));
    }

    public static String after(String list, long last) {
        return after(list, Long.toString(last));
    }

    /// The number after which to go on, `first` when the request begins at the beginning.
    public static long number(ApiRequest call, String list, long first) {
        if (call.find("cursor").isEmpty()) {
            return first;
        }
        try {
            return Long.parseLong(text(call, list));
        } catch (NumberFormatException _) {
            throw invalid();
        }
    }

    /// The key after which to go on, empty when the request begins at the beginning.
    public static String text(ApiRequest call, String list) {
        var said = call.find("cursor").orElse("");
        if (said.isEmpty()) {
            return "";
        }
        var text = decoded(said);
        if (!text.startsWith(list + ":")) {
            throw invalid();
        }
        return text.substring(list.length() + 1);
    }

    private static String decoded(String cursor) {
        try {
            return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            throw invalid();
        }
    }

    private static Problem invalid() {
        return Problem.invalid("cursor", "cursor: not one of this list (expected: the next of its last answer)");
    }
}
