package waybill.server.mail;

/// What a mail server made of a message. A reason never holds a password.
public sealed interface MailResult {

    record Sent() implements MailResult {}

    /// It may succeed later.
    record Failed(String reason) implements MailResult {}

    /// The server refuses it for good.
    record Rejected(String reason) implements MailResult {}
}
