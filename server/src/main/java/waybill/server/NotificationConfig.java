package waybill.server;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import waybill.server.push.Fcm;

/// The settings of push messages to phones and browsers.
///
/// @param fcm the project of Firebase Cloud Messaging; empty for no messages to apps
/// @param webPushContact how the operator of a push service reaches that of the hub, `mailto:` or `https:`; empty for
///     no Web Push
/// @param permitsPrivateEndpoints whether browsers may name push services in private networks, and without TLS
public record NotificationConfig(
        Optional<FcmConfig> fcm, Optional<URI> webPushContact, boolean permitsPrivateEndpoints) {

    /// A project of Firebase Cloud Messaging.
    ///
    /// @param credentials the key file of its service account
    public record FcmConfig(Path credentials, URI base) {

        public FcmConfig(Path credentials) {
            this(credentials, Fcm.BASE);
        }
    }

    public NotificationConfig {
        webPushContact
                .filter(contact -> !"mailto".equals(contact.getScheme()) && !"https".equals(contact.getScheme()))
                .ifPresent(contact -> {
                    throw new IllegalArgumentException("web-push-contact: " + contact
                            + " (expected: such as mailto:operator@shop.example or an https URL)");
                });
    }

    public static NotificationConfig defaults() {
        return new NotificationConfig(Optional.empty(), Optional.empty(), false);
    }

    public NotificationConfig withFcm(FcmConfig value) {
        return new NotificationConfig(Optional.of(value), webPushContact, permitsPrivateEndpoints);
    }

    public NotificationConfig withWebPush(URI contact) {
        return new NotificationConfig(fcm, Optional.of(contact), permitsPrivateEndpoints);
    }

    public NotificationConfig withPrivateEndpoints(boolean value) {
        return new NotificationConfig(fcm, webPushContact, value);
    }
}
