package waybill.server;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import waybill.access.Principal;
import waybill.access.Role;
import waybill.hub.projection.ActiveOrders;
import waybill.hub.schedule.Scheduler;
import waybill.hub.schedule.ThreadHealth;
import waybill.server.identity.Grant;
import waybill.server.identity.IdentityConfig;
import waybill.server.identity.Secret;
import waybill.server.identity.TokenIssuer;
import waybill.server.identity.Trust;
import waybill.server.rest.http.PacedBody;
import waybill.server.socket.AdmissionLimits;
import waybill.server.socket.HandshakeLimiter;
import waybill.server.web.Basemap;
import waybill.server.web.WebPages;
import waybill.socketio.SocketServer;
import waybill.storage.incident.Incident;

/// A hub that replays an incident file, and has nothing else: the page of the time machine and its namespace, for this
/// machine alone. It takes no orders and no positions, and a token of its own admits one administrator.
public final class IncidentPart implements AutoCloseable {

    /// How long the token is valid.
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(12);

    private static final int SECRET_BYTES = 32;

    /// Nothing of the file is deleted for its age.
    private static final Duration RETENTION = Duration.ofDays(36_500);

    private static final Principal READER = new Principal("reader", Role.ADMIN, null, null, null);

    private final StartedParts started;
    private final WebServer web;
    private final String token;

    private IncidentPart(StartedParts started, WebServer web, String token) {
        this.started = started;
        this.web = web;
        this.token = token;
    }

    /// Starts the hub on a data directory that was made of the file.
    ///
    /// @param basemap the file of the map behind the drivers
    static IncidentPart start(Path data, Incident incident, int port, Optional<Path> basemap, Platform platform) {
        var started = new StartedParts();
        try {
            var secret = secret(platform.random());
            var config = Config.defaults(data)
                    .withPorts(List.of(port))
                    .withLoops(1)
                    .withIdentity(IdentityConfig.of(new Trust.SharedSecret(secret)));
            config = config.withSocketLimits(config.socketLimits().withTrackRetention(RETENTION));
            var storage = started.add(StoragePart.open(config, platform));
            var security = started.add(SecurityPart.start(config, platform, storage));
            var sockets = server(config, platform, security);
            var playback = started.add(PlaybackPart.create(
                    config, platform, storage, security, sockets, admission(config, platform, storage, security)));
            var scheduler = started.add(
                    new Scheduler(List.of(playback.namespace()::runDue), new ThreadHealth(), platform.threads()));
            security.authenticator().start();
            scheduler.start();
            var web = started.add(new WebPart(new WebServer(1))).server();
            started.add(() -> sockets.close(Duration.ZERO).toCompletableFuture().join());
            web.listen(
                    config,
                    new SocketIoAttachment(sockets::attach, security.proxies()),
                    routes(config, incident, basemap));
            var token = new TokenIssuer(secret, platform.clock()).issue(new Grant(READER, TOKEN_LIFETIME));
            return new IncidentPart(started, web, token);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    private static Secret secret(SecureRandom random) {
        var bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static SocketServer server(Config config, Platform platform, SecurityPart security) {
        var errors = new ConnectionErrors(platform.clock());
        return new SocketServer(waybill.socketio.Config.defaults()
                .withEngine(engine -> EngineSettings.of(engine, config, security.origins(), security.hosts(), errors)
                        .withEnvironment(platform.nanoTime(), platform.random())));
    }

    private static AdmissionLimits admission(
            Config config, Platform platform, StoragePart storage, SecurityPart security) {
        return new AdmissionLimits(
                security.tokenVerifier(),
                new HandshakeLimiter(config.socketLimits(), platform.random()),
                ActiveOrders.of(storage.store().orderQueries()),
                config.socketLimits(),
                platform.clock());
    }

    private static Function<Vertx, Router> routes(Config config, Incident incident, Optional<Path> basemap) {
        var range = incident.orderOrNone() == null
                ? new JsonObject()
                        .put("from", incident.from().toString())
                        .put("to", incident.to().toString())
                : new JsonObject().put("orderId", incident.orderOrNone());
        var pages = new WebPages(
                new WebPages.Settings(false, config.web().socketPath(), Optional.empty(), Optional.of(range)),
                basemap.map(Basemap::read),
                PacedBody::end);
        return vertx -> {
            var router = Router.router(vertx);
            pages.mountIncident(router);
            return router;
        };
    }

    /// The address of the page, with the token that admits to it.
    public URI page() {
        return URI.create("http://127.0.0.1:" + web.addresses().getFirst().getPort() + "/replay#token=" + token);
    }

    @Override
    public void close() {
        started.close();
    }
}
