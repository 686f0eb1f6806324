package waybill.server;

import java.time.ZoneId;
import waybill.hub.link.LinkFinder;
import waybill.hub.link.LinkViewReader;
import waybill.hub.position.Precision;
import waybill.server.rest.link.LinkPage;
import waybill.server.rest.link.LinkViews;
import waybill.server.rest.link.OrderLinks;
import waybill.server.rest.link.PublicLinks;
import waybill.server.web.TrackingFiles;

/// The public links to orders: those that are valid, and those that are viewed.
public record LinkPart(LinkFinder finder, LinkViews views, OrderLinks orderLinks, PublicLinks publicLinks)
        implements AutoCloseable {

    public static LinkPart create(Parts parts) {
        var core = parts.core();
        var store = parts.storage().store();
        var platform = parts.platform();
        var finder = new LinkFinder(store.links(), core.blockingExecutor(), platform.clock());
        var reader = new LinkViewReader(
                core.activeOrders(),
                store.orderQueries(),
                store.eventLog(),
                store.directory(),
                core.driverPositions(),
                core.etas(),
                new Precision(core.activeOrders(), parts.config().socketLimits().isHiddenUntilNext()),
                platform.clock());
        var views = new LinkViews(
                finder, reader, core.activeOrders(), core.blockingExecutor(), platform.clock(), platform::elapsedMs);
        var settings = parts.config().links();
        return new LinkPart(
                finder,
                views,
                new OrderLinks(
                        settings,
                        new LinkBaseUrl(
                                settings,
                                parts.security().origins().allowed(),
                                parts.config().web().port().scheme()),
                        finder,
                        core.ids(),
                        platform.random()),
                new PublicLinks(
                        finder,
                        views,
                        new LinkPage(
                                ZoneId.systemDefault(),
                                TrackingFiles.create(
                                        parts.config().web().basemap().isPresent())),
                        SocketIoAttachment::limitSendBuffer,
                        parts.cluster().socketCounts(),
                        parts.cluster().limiters(),
                        platform.clock(),
                        platform.random()));
    }

    /// Closes the open streams.
    @Override
    public void close() {
        views.close();
    }
}
