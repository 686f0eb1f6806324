package waybill.server.rest.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import waybill.server.rest.contract.Problem;

/// The start of the next page of a list, as opaque text.
public final class Cursor {

    private Cursor() {}

    /// The cursor of the page after that.
    ///
    /// @param list the name of the list, so that a cursor is not valid in another list
    /// @param last the key of the last row of the page
    public static String after(String list, String last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((list + ":" + last).getBytes(StandardCharsets.UTF_8));
    }

    public static String after(String list, long last) {
        return after(list, Long.toString(last));
    }

    /// The number after which the page starts, `first` for the first page.
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

    /// The key after which the page starts, empty for the first page.
    public static String text(ApiRequest call, String list) {
        var sent = call.find("cursor").orElse("");
        if (sent.isEmpty()) {
            return "";
        }
        var text = decoded(sent);
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
