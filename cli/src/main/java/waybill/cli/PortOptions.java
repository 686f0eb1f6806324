package waybill.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.server.PortSettings;
import waybill.server.WebSettings;
import waybill.server.tls.TlsConfig;

/// The options of the port.
final class PortOptions {

    @Option(
            names = "--socket-path",
            paramLabel = "PATH",
            description = "the path of Socket.IO; clients set it as their path (default: ${DEFAULT-VALUE})")
    private String socketPath = WebSettings.SOCKET_PATH;

    @Option(
            names = "--keep-alive",
            paramLabel = "TIME",
            description =
                    "how long an idle HTTP connection stays open; longer than the idle timeout of a proxy in front"
                            + " (default: 75s)")
    private Duration keepAlive = WebSettings.defaults().keepAlive();

    @Option(
            names = "--compression",
            description =
                    "compress WebSocket messages of 1 KB and more if the client supports it: fewer bytes, more CPU, and"
                            + " memory for each client (default: off)")
    private boolean compression;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "certificate of the hub and of its issuers, in PEM, for https:// and wss:// without a proxy;"
                    + " read again when the file changes (default: no TLS)")
    private @Nullable Path certificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "private key of that certificate, in PEM (default: no TLS)")
    private @Nullable Path key;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description = "over how long clients are disconnected when the hub stops, so that they come back one by one"
                    + " (default: 0.5s)")
    private Duration drain = PortSettings.defaults().drain();

    /// @param limits the settings of HTTP that the limits are
    /// @param proxyProtocol whether connections may begin with the header of a proxy, which has no place before TLS
    WebSettings apply(WebSettings limits, boolean proxyProtocol) {
        return limits.withSocketPath(socketPath)
                .withKeepAlive(keepAlive)
                .withCompressFrom(compression ? WebSettings.COMPRESS_FROM : 0)
                .withPort(new PortSettings(tls(proxyProtocol), drain));
    }

    private Optional<TlsConfig> tls(boolean proxyProtocol) {
        if (certificate == null && key == null) {
            return Optional.empty();
        }
        if (certificate == null || key == null) {
            throw new IllegalArgumentException(
                    "tls-cert, tls-key: one of them (expected: both, the files of a certificate and its key)");
        }
        if (proxyProtocol) {
            throw new IllegalArgumentException("tls-cert: beside --proxy-protocol (expected: one of them; behind a"
                    + " proxy, the proxy has the certificate)");
        }
        return Optional.of(new TlsConfig(certificate, key));
    }
}
