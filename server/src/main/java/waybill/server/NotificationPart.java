package waybill.server;

import java.net.URI;
import java.util.Optional;
import waybill.hub.schedule.BlockingReads;
import waybill.server.push.EndpointPolicy;
import waybill.server.push.Fcm;
import waybill.server.push.FcmCredentials;
import waybill.server.push.PushService;
import waybill.server.push.VapidKey;
import waybill.server.push.WebPush;

/// The services that send push messages, as far as they are configured.
///
/// @param webPushKey with which browsers subscribe
public record NotificationPart(
        Optional<PushService> fcm,
        Optional<PushService> webPush,
        Optional<VapidKey> webPushKey,
        EndpointPolicy endpoints)
        implements AutoCloseable {

    public static NotificationPart start(Config config, Platform platform, CorePart core) {
        var settings = config.notifications();
        var endpoints = new EndpointPolicy(settings.permitsPrivateEndpoints());
        var key = settings.webPushContact().map(_ -> VapidKey.loadOrCreate(config.data(), platform.random()));
        return new NotificationPart(
                settings.fcm()
                        .map(fcm -> new Fcm(FcmCredentials.load(fcm.credentials()), fcm.base(), platform.clock())),
                settings.webPushContact()
                        .map(contact -> new WebPush(
                                key.orElseThrow(),
                                contact,
                                endpoint -> BlockingReads.supply(
                                        core.blockingExecutor(), () -> endpoints.permits(endpoint)),
                                platform.clock(),
                                platform.random())),
                key,
                endpoints);
    }

    Optional<String> endpointComplaint(URI endpoint) {
        return endpoints.complaint(endpoint);
    }

    @Override
    public void close() {
        fcm.ifPresent(PushService::close);
        webPush.ifPresent(PushService::close);
    }
}
