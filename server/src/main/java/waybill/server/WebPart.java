package waybill.server;

import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.function.Function;
import waybill.server.rest.Endpoints;
import waybill.server.rest.admin.HealthSources;
import waybill.server.rest.http.PacedBody;
import waybill.server.web.AdminUiPage;
import waybill.server.web.Basemap;
import waybill.server.web.WebPages;

/// The port: HTTP, and the sockets behind `/socket.io/`.
record WebPart(WebServer server) implements AutoCloseable {

    /// How long requests that are under way may take when the hub closes.
    private static final Duration DRAIN_MAX = Duration.ofSeconds(5);

    /// Answers from here on, or throws with what stands in the way.
    void listen(HubPart hub) {
        server.listen(
                hub.parts().config(),
                new SocketIoAttachment(
                        hub.sockets().server()::attach, hub.parts().security().proxies()),
                routes(hub));
    }

    private static Function<Vertx, Router> routes(HubPart hub) {
        var endpoints = endpoints(hub);
        var config = hub.parts().config();
        var identity = config.identity();
        var provider = identity.pagesClientId()
                .flatMap(client ->
                        identity.issuer().map(issuer -> new WebPages.Provider(issuer, client, identity.audience())));
        var settings =
                new WebPages.Settings(identity.isDevelopment(), config.web().socketPath(), provider);
        var basemap = config.web().basemap().map(Basemap::read);
        var pages = new WebPages(settings, basemap, PacedBody::end);
        var adminUi = config.adminUi().map(_ -> new AdminUiPage(PacedBody::end));
        return vertx -> endpoints.router(vertx, router -> {
            pages.mount(router);
            adminUi.ifPresent(page -> page.mount(router));
        });
    }

    /// The endpoints of a hub, on whatever port.
    static Endpoints endpoints(HubPart hub) {
        var parts = hub.parts();
        var sockets = hub.sockets();
        return RestPart.endpoints(
                parts,
                sockets.live().reports(),
                sockets.links(),
                new SocketConnectionStats(
                        parts.cluster().node(), sockets.server(), sockets.live().dialectServer(), sockets.activity()),
                new HealthSources(
                        parts.storage().store()::isWritable,
                        sockets.server()::isClosing,
                        sockets.health()::failed,
                        () -> parts.files().watch().problem().isEmpty(),
                        parts.cluster()::otherNodes));
    }

    @Override
    public void close() {
        server.drain(DRAIN_MAX);
        server.close();
    }
}
