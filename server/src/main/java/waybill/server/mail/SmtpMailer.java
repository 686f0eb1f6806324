package waybill.server.mail;

import jakarta.mail.Authenticator;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

/// Sends e-mails by SMTP, each on a connection and a virtual thread of its own: the library blocks, and a slow server
/// must hold up no other thread. Every step has a time limit.
public final class SmtpMailer implements Mailer {

    /// For connecting, for each response, and for each write.
    static final Duration TIMEOUT = Duration.ofSeconds(15);

    private static final int REJECTED = 500;
    private static final int CODE_MIN = 400;
    private static final int REASON_MAX = 200;

    private final MailConfig config;
    private final InstantSource clock;
    private final Session session;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("waybill-mail-", 0).factory());

    public SmtpMailer(MailConfig config, InstantSource clock) {
        this(config, clock, TIMEOUT);
    }

    SmtpMailer(MailConfig config, InstantSource clock, Duration timeout) {
        this.config = config;
        this.clock = clock;
        session = Session.getInstance(
                properties(config, timeout),
                config.login().map(SmtpMailer::authenticator).orElse(null));
    }

    private static Authenticator authenticator(MailConfig.Login login) {
        return new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
                return new PasswordAuthentication(login.user(), login.password());
            }
        };
    }

    private static Properties properties(MailConfig config, Duration timeout) {
        var properties = new Properties();
        var ms = Long.toString(timeout.toMillis());
        properties.setProperty("mail.transport.protocol", "smtp");
        properties.setProperty("mail.smtp.host", config.host());
        properties.setProperty("mail.smtp.port", Integer.toString(config.port()));
        properties.setProperty("mail.smtp.connectiontimeout", ms);
        properties.setProperty("mail.smtp.timeout", ms);
        properties.setProperty("mail.smtp.writetimeout", ms);
        properties.setProperty("mail.smtp.from", config.from());
        properties.setProperty("mail.smtp.auth", Boolean.toString(config.login().isPresent()));
        properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
        switch (config.security()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
            }
            case TLS -> properties.setProperty("mail.smtp.ssl.enable", "true");
        }
        return properties;
    }

    @Override
    public CompletableFuture<MailResult> send(MailMessage message) {
        return CompletableFuture.supplyAsync(() -> sendNow(message), threads);
    }

    private MailResult sendNow(MailMessage message) {
        try {
            var mime = mime(message);
            try (var transport = session.getTransport()) {
                transport.connect();
                transport.sendMessage(mime, mime.getAllRecipients());
            }
            return new MailResult.Sent();
        } catch (MessagingException e) {
            return result(e);
        }
    }

    private MimeMessage mime(MailMessage message) throws MessagingException {
        var id = "<" + message.id() + "@" + config.domain() + ">";
        var mime = new MimeMessage(session) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", id);
            }
        };
        mime.setFrom(new InternetAddress(config.from()));
        mime.setRecipient(Message.RecipientType.TO, new InternetAddress(message.to()));
        mime.setSubject(message.subject(), "UTF-8");
        mime.setSentDate(Date.from(clock.instant()));
        mime.setHeader("Auto-Submitted", "auto-generated");
        mime.setHeader("Content-Language", message.language());
        var text = new MimeBodyPart();
        text.setText(message.text(), "UTF-8");
        var html = new MimeBodyPart();
        html.setText(message.html(), "UTF-8", "html");
        mime.setContent(new MimeMultipart("alternative", text, html));
        mime.saveChanges();
        return mime;
    }

    private static MailResult result(MessagingException error) {
        var code = code(error);
        var reason = (code.isPresent() ? "status " + code.getAsInt() + ": " : "") + describe(error);
        return code.isPresent() && code.getAsInt() >= REJECTED
                ? new MailResult.Rejected(reason)
                : new MailResult.Failed(reason);
    }

    private static String describe(MessagingException error) {
        if (error instanceof jakarta.mail.AuthenticationFailedException) {
            return "the server does not take the user and the password";
        }
        var message = String.valueOf(error.getMessage())
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return message.substring(0, Math.min(message.length(), REASON_MAX));
    }

    /// The code of the server, which may be in one of the exceptions that follow.
    private static OptionalInt code(MessagingException error) {
        for (@Nullable Exception next = error; next instanceof MessagingException one; next = one.getNextException()) {
            var code = switch (one) {
                case SMTPAddressFailedException failed -> failed.getReturnCode();
                case SMTPSenderFailedException failed -> failed.getReturnCode();
                case SMTPSendFailedException failed -> failed.getReturnCode();
                default -> 0;
            };
            if (code >= CODE_MIN) {
                return OptionalInt.of(code);
            }
        }
        return OptionalInt.empty();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
