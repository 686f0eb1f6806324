package waybill.server.doctor;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import waybill.server.Config;
import waybill.server.LoopbackHost;
import waybill.server.tls.TlsCertificate;
import waybill.server.tls.TlsConfig;

/// Ports, the certificate, and what browsers ask of it.
final class NetworkChecks {

    private static final Duration RENEW_BEFORE = Duration.ofDays(14);

    private NetworkChecks() {}

    static List<Finding> examine(Config config, InstantSource clock) {
        var findings = new ArrayList<Finding>();
        config.ports().forEach(port -> findings.add(port(config.host(), port)));
        config.web().port().tls().ifPresent(tls -> findings.add(certificate(tls, clock)));
        findings.add(camera(config));
        return findings;
    }

    private static Finding port(String host, int port) {
        var subject = "port " + port;
        try (var _ = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            return Finding.ok(subject, "is free on " + host);
        } catch (BindException e) {
            return String.valueOf(e.getMessage()).contains("Permission denied")
                    ? Finding.error(
                            subject,
                            "may not be used by this user; choose one above 1023 with --port, or give the service"
                                    + " CAP_NET_BIND_SERVICE")
                    : Finding.warning(
                            subject,
                            "is in use on " + host + ", or " + host + " is no address of this machine; unless that is"
                                    + " this hub, which runs already, choose another with --port or --host");
        } catch (IOException e) {
            return Finding.error(
                    subject, host + ": " + e.getMessage() + "; name an address of this machine with --host");
        }
    }

    private static Finding certificate(TlsConfig config, InstantSource clock) {
        var vertx = Vertx.vertx(new VertxOptions()
                .setFileSystemOptions(new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false))); // no folder in /tmp
        try {
            var expiresAt = TlsCertificate.read(config, vertx).expiresAt();
            var left = Duration.between(clock.instant(), expiresAt);
            if (left.isNegative()) {
                return Finding.error(
                        "certificate", "expired at " + expiresAt + "; renew it, the hub need not be restarted");
            }
            return left.compareTo(RENEW_BEFORE) < 0
                    ? Finding.warning(
                            "certificate", "expires at " + expiresAt + "; renew it now, the hub need not be restarted")
                    : Finding.ok("certificate", "is good until " + expiresAt);
        } catch (IllegalStateException e) {
            return Finding.error("certificate", String.valueOf(e.getMessage()));
        } finally {
            vertx.close();
        }
    }

    /// Browsers open the camera, for scans and photos, on pages of the local machine and on HTTPS only.
    private static Finding camera(Config config) {
        var isSecure = config.web().port().tls().isPresent()
                || LoopbackHost.isLoopback(config.host())
                || !config.identity().proxies().networks().isEmpty();
        return isSecure
                ? Finding.ok("camera", "opens on pages of this machine and on those over HTTPS")
                : Finding.warning(
                        "camera",
                        "does not open on phones, because the pages have no HTTPS; use --tls-cert and --tls-key, or a"
                                + " proxy with a certificate, named by --trusted-proxy");
    }
}
