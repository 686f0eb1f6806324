package waybill.server;

import java.net.URI;
import waybill.server.mail.MailConfig;
import waybill.server.mail.Mailer;
import waybill.server.mail.SmtpMailer;
import waybill.server.outbound.AddressGuard;
import waybill.server.push.Fcm;
import waybill.server.push.FcmCredentials;
import waybill.server.push.PushService;
import waybill.server.push.VapidKey;
import waybill.server.push.WebPush;

/// Opens what sends push messages and e-mails: to the services of others, or to those of a simulation.
public interface NotificationServices {

    /// Of a project of Firebase Cloud Messaging.
    PushService fcm(NotificationConfig.FcmConfig project, Platform platform);

    /// To browsers.
    ///
    /// @param contact how the operator of a push service reaches that of the hub
    PushService webPush(VapidKey key, URI contact, AddressGuard endpoints, Platform platform);

    Mailer mail(MailConfig server, Platform platform);

    /// Over the network of this machine.
    static NotificationServices ofMachine() {
        return new NotificationServices() {
            @Override
            public PushService fcm(NotificationConfig.FcmConfig project, Platform platform) {
                return Fcm.open(
                        FcmCredentials.load(project.credentials()),
                        project.base(),
                        platform.threads(),
                        platform.clock());
            }

            @Override
            public PushService webPush(VapidKey key, URI contact, AddressGuard endpoints, Platform platform) {
                return WebPush.open(key, contact, endpoints, platform.threads(), platform.clock(), platform.random());
            }

            @Override
            public Mailer mail(MailConfig server, Platform platform) {
                return new SmtpMailer(server, platform.clock());
            }
        };
    }
}
