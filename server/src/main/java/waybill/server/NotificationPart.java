package waybill.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import waybill.hub.notification.MessageTemplates;
import waybill.hub.outbound.OutboundChannel;
import waybill.hub.projection.CachedDisplayNames;
import waybill.server.notification.NotificationChannels;
import waybill.server.notification.TemplateFolder;
import waybill.server.outbound.AddressGuard;
import waybill.server.push.PushService;
import waybill.server.push.VapidKey;
import waybill.server.push.WebPush;

/// What sends push messages and e-mails, as far as it is configured.
///
/// @param webPushKey with which browsers subscribe
/// @param services are closed with the part
public record NotificationPart(
        List<OutboundChannel> channels, Optional<VapidKey> webPushKey, AddressGuard endpoints, StartedParts services)
        implements AutoCloseable {

    public static NotificationPart start(Config config, Platform platform, StoragePart storage, CorePart core) {
        var settings = config.notifications();
        var endpoints = new AddressGuard(settings.permitsPrivateEndpoints(), settings.permitsPrivateEndpoints());
        var key = settings.webPushContact().map(_ -> VapidKey.loadOrCreate(config.data(), platform.random()));
        var templates = settings.templates()
                .map(folder -> new TemplateFolder(folder).override(MessageTemplates.builtIn()))
                .orElseGet(MessageTemplates::builtIn);
        var services = new StartedParts();
        var outside = platform.notifications();
        Optional<PushService> fcm = settings.fcm().map(project -> services.add(outside.fcm(project, platform)));
        Optional<PushService> webPush = settings.webPushContact()
                .map(contact -> services.add(outside.webPush(key.orElseThrow(), contact, endpoints, platform)));
        var store = storage.store();
        var factory = new NotificationChannels(
                new NotificationChannels.Ports(
                        store.eventLog(),
                        store.directory(),
                        store.clientCheckpoints(),
                        store.receipts(),
                        store.journal()),
                new CachedDisplayNames(store.directory(), platform.clock()),
                templates,
                settings.grace(),
                settings.retries(),
                core.blockingExecutor(),
                platform.clock());
        var channels = new ArrayList<OutboundChannel>();
        if (fcm.isPresent() || webPush.isPresent()) {
            channels.add(factory.push(fcm, webPush));
        }
        settings.mail()
                .map(mail -> services.add(outside.mail(mail, platform)))
                .ifPresent(mailer -> channels.add(factory.mail(mailer)));
        return new NotificationPart(List.copyOf(channels), key, endpoints, services);
    }

    Optional<String> endpointProblem(String endpoint) {
        return WebPush.problem(endpoints, endpoint);
    }

    @Override
    public void close() {
        services.close();
    }
}
