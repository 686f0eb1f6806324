package waybill.server.mail;

import waybill.notification.MailAddresses;

/// An e-mail with the same words as text and as HTML.
///
/// @param id the same for each attempt to send it, so that a reader shows it once
/// @param language of the words
public record MailMessage(String id, String to, String language, String subject, String text) {

    public MailMessage {
        if (!MailAddresses.isValid(to)) {
            throw new IllegalArgumentException("to: not an address for e-mail (expected: one)");
        }
        if (!id.matches("[A-Za-z0-9.-]+")) {
            throw new IllegalArgumentException("id: " + id + " (expected: letters, digits, dots and dashes)");
        }
    }

    /// The page of the message. The words are escaped, since customers and stores name things.
    String html() {
        return """
                <!DOCTYPE html>
                <html lang="%s">
                <head><meta charset="utf-8"><title>%s</title></head>
                <body><h1>%s</h1><p>%s</p></body>
                </html>
                """.formatted(escape(language), escape(subject), escape(subject), escape(text));
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
