package waybill.server.mail;

import java.util.concurrent.CompletableFuture;

/// Sends e-mails. Thread-safe; it never blocks.
public interface Mailer extends AutoCloseable {

    /// Never fails: what goes wrong is a [MailResult].
    CompletableFuture<MailResult> send(MailMessage message);

    @Override
    void close();
}
