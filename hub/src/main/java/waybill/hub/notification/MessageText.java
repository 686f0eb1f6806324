package waybill.hub.notification;

/// The words of a message. For an e-mail the title is the subject.
public record MessageText(String title, String body) {

    /// Screens show less.
    public static final int TITLE_MAX = 100;

    public static final int BODY_MAX = 400;

    public MessageText {
        title = cut(title, TITLE_MAX);
        body = cut(body, BODY_MAX);
    }

    /// Control characters, a line end among them, become spaces: a title is written into a header.
    private static String cut(String text, int max) {
        var plain = text.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ").strip();
        if (plain.codePointCount(0, plain.length()) <= max) {
            return plain;
        }
        return plain.substring(0, plain.offsetByCodePoints(0, max - 1)).stripTrailing() + "…";
    }
}
