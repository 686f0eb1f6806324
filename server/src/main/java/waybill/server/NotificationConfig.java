package waybill.server;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import waybill.server.mail.MailConfig;
import waybill.server.notification.NoticeRetries;
import waybill.server.push.Fcm;

/// The settings of push messages to phones and browsers, and of e-mails.
///
/// @param fcm the project of Firebase Cloud Messaging; empty for no messages to apps
/// @param webPushContact how the operator of a push service reaches that of the hub, `mailto:` or `https:`; empty for
///     no Web Push
/// @param permitsPrivateEndpoints whether browsers may name push services in private networks, and without TLS
/// @param mail the server that takes e-mails; empty for none
/// @param grace for how long a push message waits for a socket of its user to receive the event
/// @param templates the folder with templates that take the place of the hub's
public record NotificationConfig(
        Optional<FcmConfig> fcm,
        Optional<URI> webPushContact,
        boolean permitsPrivateEndpoints,
        Optional<MailConfig> mail,
        Duration grace,
        Optional<Path> templates,
        NoticeRetries retries) {

    /// How long a message waits for a socket of its user to receive the event.
    public static final Duration GRACE = Duration.ofSeconds(10);

    /// A project of Firebase Cloud Messaging.
    ///
    /// @param credentials the key file of its service account
    public record FcmConfig(Path credentials, URI base) {

        public FcmConfig(Path credentials) {
            this(credentials, Fcm.BASE);
        }
    }

    public NotificationConfig {
        if (grace.isNegative()) {
            throw new IllegalArgumentException("push-grace: " + grace + " (expected: zero or more)");
        }
        webPushContact
                .filter(contact -> !"mailto".equals(contact.getScheme()) && !"https".equals(contact.getScheme()))
                .ifPresent(contact -> {
                    throw new IllegalArgumentException("web-push-contact: " + contact
                            + " (expected: such as mailto:operator@shop.example or an https URL)");
                });
    }

    public static NotificationConfig defaults() {
        return new NotificationConfig(
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty(),
                GRACE,
                Optional.empty(),
                NoticeRetries.defaults());
    }

    public NotificationConfig withFcm(FcmConfig value) {
        return new NotificationConfig(
                Optional.of(value), webPushContact, permitsPrivateEndpoints, mail, grace, templates, retries);
    }

    public NotificationConfig withWebPush(URI contact) {
        return new NotificationConfig(
                fcm, Optional.of(contact), permitsPrivateEndpoints, mail, grace, templates, retries);
    }

    public NotificationConfig withPrivateEndpoints(boolean value) {
        return new NotificationConfig(fcm, webPushContact, value, mail, grace, templates, retries);
    }

    public NotificationConfig withMail(MailConfig value) {
        return new NotificationConfig(
                fcm, webPushContact, permitsPrivateEndpoints, Optional.of(value), grace, templates, retries);
    }

    public NotificationConfig withGrace(Duration value) {
        return new NotificationConfig(fcm, webPushContact, permitsPrivateEndpoints, mail, value, templates, retries);
    }

    public NotificationConfig withTemplates(Path folder) {
        return new NotificationConfig(
                fcm, webPushContact, permitsPrivateEndpoints, mail, grace, Optional.of(folder), retries);
    }

    public NotificationConfig withRetries(NoticeRetries value) {
        return new NotificationConfig(fcm, webPushContact, permitsPrivateEndpoints, mail, grace, templates, value);
    }
}
