package waybill.server;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import waybill.server.rest.http.UnreadableRequests;
import waybill.server.tls.CertificateReload;
import waybill.server.tls.TlsCertificate;

/// The ports: one HTTP server per event loop behind each, all with the Socket.IO handler in front.
final class WebServer implements AutoCloseable {

    /// No folder for copies of files in `/tmp`, which may be read-only: the hub serves files from memory.
    private static final FileSystemOptions NO_CACHE_FOLDER =
            new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);

    private final Vertx vertx;
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    WebServer(int loops) {
        vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(loops)
                .setPreferNativeTransport(true)
                .setFileSystemOptions(NO_CACHE_FOLDER));
    }

    /// Listens on every port of the configuration. If one fails, none is open.
    void listen(Config config, SocketIoAttachment attachment, Function<Vertx, Router> routes) {
        var certificate = config.web().port().tls().map(tls -> TlsCertificate.read(tls, vertx));
        var options = EngineSettings.http(certificate);
        for (var port : config.ports()) {
            var address = port == 0
                    ? SocketAddress.sharedRandomPort(addresses.size() + 1, config.host()) // one for all event loops
                    : SocketAddress.inetSocketAddress(port, config.host());
            var bound = new CopyOnWriteArrayList<Integer>();
            try {
                await(
                        vertx.deployVerticle(
                                () -> new Listener(options, address, attachment, routes, server -> {
                                    servers.add(server);
                                    bound.add(server.actualPort());
                                }),
                                new DeploymentOptions().setInstances(config.loops())),
                        config.host() + ":" + port);
            } catch (IllegalStateException e) {
                throw listenFailure(config.host(), port, e);
            }
            addresses.add(new InetSocketAddress(config.host(), bound.getFirst()));
        }
        certificate.ifPresent(current ->
                new CertificateReload(config.web().port().tls().orElseThrow(), vertx, current, this::use).start());
    }

    /// Uses another certificate for connections from now on.
    private Future<?> use(TlsCertificate certificate) {
        return Future.all(servers.stream()
                .map(server -> server.updateSSLOptions(EngineSettings.tls(certificate)))
                .toList());
    }

    /// The cause of the failure, in plain text where it is known.
    private static IllegalStateException listenFailure(String host, int port, IllegalStateException failure) {
        var cause = String.valueOf(failure.getMessage());
        if (cause.contains("Address already in use")) {
            return new IllegalStateException(
                    "port " + port + " of " + host
                            + " is in use by another program (expected: a free one; choose it with"
                            + " --port, 0 for any)",
                    failure);
        }
        if (cause.contains("Permission denied")) {
            return new IllegalStateException(
                    "port " + port + " of " + host
                            + " may not be used by this user (expected: one above 1023; choose it" + " with --port)",
                    failure);
        }
        return failure;
    }

    List<InetSocketAddress> addresses() {
        return List.copyOf(addresses);
    }

    /// Stops listening, and completes the requests in progress, also those whose body is incomplete, as long as
    /// that takes no longer than `within`.
    void drain(Duration within) {
        var drained = servers.stream().map(server -> server.shutdown(within)).toList();
        await(Future.join(drained), "draining");
    }

    @Override
    public void close() {
        await(vertx.close(), "closing");
    }

    private static <T> void await(Future<T> future, String what) {
        try {
            future.toCompletionStage().toCompletableFuture().join();
        } catch (CompletionException e) {
            throw new IllegalStateException(what + ": " + e.getCause(), e.getCause());
        }
    }

    /// The server of one event loop.
    private static final class Listener extends VerticleBase {

        private final HttpServerOptions options;
        private final SocketAddress address;
        private final SocketIoAttachment attachment;
        private final Function<Vertx, Router> routes;
        private final Consumer<HttpServer> listening;

        Listener(
                HttpServerOptions options,
                SocketAddress address,
                SocketIoAttachment attachment,
                Function<Vertx, Router> routes,
                Consumer<HttpServer> listening) {
            this.options = options;
            this.address = address;
            this.attachment = attachment;
            this.routes = routes;
            this.listening = listening;
        }

        @Override
        public Future<?> start() {
            return vertx.createHttpServer(options)
                    .connectionHandler(attachment::attach)
                    .requestHandler(routes.apply(vertx))
                    .invalidRequestHandler(new UnreadableRequests(options))
                    .listen(address)
                    .onSuccess(listening::accept);
        }
    }
}
