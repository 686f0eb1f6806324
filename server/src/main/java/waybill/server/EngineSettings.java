package waybill.server;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.ServerSSLOptions;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import waybill.server.identity.TrustedProxies;
import waybill.server.tls.TlsCertificate;
import waybill.socketio.AddressLimits;
import waybill.socketio.EngineConfig;

/// The hub's settings of the Socket.IO engine and of the HTTP server with which it shares a port.
final class EngineSettings {

    /// The longest request line, and all headers of a request together: a token of 16 KB fits.
    private static final int HEAD_PART_MAX = 20 * 1024;

    /// TCP connections per Socket.IO connection: a client that polls has two, and a browser one more for REST.
    private static final int TCP_PER_CONNECTION = 3;

    private EngineSettings() {}

    static EngineConfig of(
            EngineConfig engine,
            Config config,
            OriginAllowlist origins,
            Predicate<@Nullable String> hosts,
            ConnectionErrors errors) {
        boolean secured = !config.identity().isDevelopment();
        var web = config.web();
        var proxies = config.identity().proxies();
        var limited = engine.withPath(web.socketPath())
                .withMaxHttpBufferSize(config.payloadMax())
                .withRequestTimeout(web.requestTimeout())
                .withKeepAliveTimeout(web.keepAlive())
                .withAddressLimits(new AddressLimits(
                        web.connectionsPerAddressPerMinute(),
                        web.connectionsPerAddress(),
                        web.connectionsPerAddress() * TCP_PER_CONNECTION,
                        (address, headers) -> proxies.trusts(address)
                                || proxies.clientAddress(address, headers::firstValue)
                                        .isLocal()))
                .withOrigins(origins.forSockets())
                .withOnConnectionError(errors::add)
                .withRemoteAddress((channel, headers) -> SocketIoAttachment.clientAddress(proxies, channel, headers))
                .withAllowRequest(request -> hosts.test(request.header("Host"))
                        ? secured ? Optional.empty() : TrustedProxies.forwardedRequestError(request::header)
                        : Optional.of("host (expected: a name of this machine, such as localhost)"));
        return web.compressFrom() > 0 ? limited.withPerMessageDeflate(web.compressFrom()) : limited;
    }

    /// The engine is in front of this server's handler, applies the timeouts of requests, and negotiates the
    /// WebSocket; a second negotiator in the pipeline would offer extensions that it does not apply.
    ///
    /// @param certificate for TLS, which is HTTP/1.1 as well: the engine's transports have no HTTP/2
    static HttpServerOptions http(Optional<TlsCertificate> certificate) {
        var options = new HttpServerOptions()
                .setHttp2ClearTextEnabled(false)
                .setMaxInitialLineLength(HEAD_PART_MAX)
                .setMaxHeaderSize(HEAD_PART_MAX)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        certificate.ifPresent(used -> options.setSsl(true)
                .setUseAlpn(true)
                .setAlpnVersions(List.of(HttpVersion.HTTP_1_1))
                .setKeyCertOptions(used.pem()));
        return options;
    }

    /// The same settings of TLS for another certificate.
    static ServerSSLOptions tls(TlsCertificate certificate) {
        return new ServerSSLOptions()
                .setUseAlpn(true)
                .setApplicationLayerProtocols(List.of(HttpVersion.HTTP_1_1.alpnName()))
                .setKeyCertOptions(certificate.pem());
    }
}
