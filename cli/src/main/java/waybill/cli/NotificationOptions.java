package waybill.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.NotificationConfig;
import waybill.server.mail.MailConfig;
import waybill.server.push.Fcm;

/// The options of push messages and e-mails.
final class NotificationOptions {

    private static final String PASSWORD = "WAYBILL_SMTP_PASSWORD";

    @Option(
            names = "--fcm-credentials",
            paramLabel = "FILE",
            description =
                    "the key file of a Firebase service account, to push to apps (default: none, apps are not pushed)")
    private @Nullable Path fcmCredentials;

    @Option(
            names = "--fcm-url",
            paramLabel = "URL",
            description = "the address of Firebase Cloud Messaging (default: ${DEFAULT-VALUE})")
    private URI fcmUrl = Fcm.BASE;

    @Option(
            names = "--web-push-contact",
            paramLabel = "URI",
            description = "how the operators of push services reach you, such as mailto:you@shop.example, to push to"
                    + " browsers (default: none, browsers are not pushed)")
    private @Nullable URI webPushContact;

    @Option(
            names = "--web-push-private",
            description =
                    "let browsers name push services in private networks and without TLS (default: they are rejected)")
    private boolean webPushPrivate;

    @Option(
            names = "--push-grace",
            paramLabel = "TIME",
            description = "how long a push message waits for a socket of its user to receive the event (default: 10s)")
    private Duration pushGrace = NotificationConfig.GRACE;

    @Option(
            names = "--templates",
            paramLabel = "DIR",
            description =
                    "a folder with words of messages, such as en.properties, in the place of the hub's (default: none)")
    private @Nullable Path templates;

    @Option(
            names = "--smtp-host",
            paramLabel = "HOST",
            description = "the server that takes e-mails (default: none, no e-mails are sent)")
    private @Nullable String smtpHost;

    @Option(names = "--smtp-port", paramLabel = "N", description = "its port (default: ${DEFAULT-VALUE})")
    private int smtpPort = 587;

    @Option(
            names = "--smtp-security",
            paramLabel = "KIND",
            description = "starttls, tls, or none (default: ${DEFAULT-VALUE})")
    private String smtpSecurity = "starttls";

    @Option(
            names = "--smtp-user",
            paramLabel = "NAME",
            description = "the user at it; the password is in " + PASSWORD + " (default: none)")
    private @Nullable String smtpUser;

    @Option(
            names = "--smtp-password-file",
            paramLabel = "FILE",
            description = "the file with the password (default: " + PASSWORD + ")")
    private @Nullable Path smtpPasswordFile;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description = "the sender of e-mails, which --smtp-host needs (default: none)")
    private @Nullable String mailFrom;

    NotificationConfig config(Map<String, String> environment) {
        var config = NotificationConfig.defaults()
                .withPrivateEndpoints(webPushPrivate)
                .withGrace(pushGrace);
        if (fcmCredentials != null) {
            config = config.withFcm(new NotificationConfig.FcmConfig(fcmCredentials, fcmUrl));
        }
        if (webPushContact != null) {
            config = config.withWebPush(webPushContact);
        }
        if (templates != null) {
            config = config.withTemplates(templates);
        }
        return smtpHost == null ? config : config.withMail(mail(smtpHost, environment));
    }

    private MailConfig mail(String host, Map<String, String> environment) {
        if (mailFrom == null) {
            throw new IllegalArgumentException("mail-from: missing (expected: the sender of e-mails)");
        }
        return new MailConfig(host, smtpPort, security(), mailFrom, login(environment));
    }

    private MailConfig.Security security() {
        return Stream.of(MailConfig.Security.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(smtpSecurity))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "smtp-security: " + smtpSecurity + " (expected: starttls, tls or none)"));
    }

    private MailConfig.@Nullable Login login(Map<String, String> environment) {
        if (smtpUser == null) {
            return null;
        }
        var password = smtpPasswordFile == null ? environment.get(PASSWORD) : contents(smtpPasswordFile);
        if (password == null || password.isBlank()) {
            throw new IllegalArgumentException("smtp-user: " + smtpUser + " without a password (expected: " + PASSWORD
                    + " or --smtp-password-file)");
        }
        return new MailConfig.Login(smtpUser, password.strip());
    }

    private static String contents(Path file) {
        try {
            return Objects.requireNonNull(Files.readString(file));
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "smtp-password-file: " + file + " cannot be read (expected: a file that holds the password)");
        }
    }
}
