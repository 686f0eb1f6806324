package waybill.server.tls;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Uses a new certificate as soon as its files have one, without a restart. Files that do not fit each other, as while
/// they are being replaced, leave the old one in use. Its state belongs to the event loop of its timer.
public final class CertificateReload {

    private static final Logger LOG = LoggerFactory.getLogger(CertificateReload.class);

    /// How long a new certificate waits at most.
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final TlsConfig config;
    private final Vertx vertx;
    private final Function<TlsCertificate, Future<?>> use;
    private TlsCertificate current;
    private String lastFailure = "";

    /// @param current the certificate in use
    /// @param use uses another one for new connections
    public CertificateReload(
            TlsConfig config, Vertx vertx, TlsCertificate current, Function<TlsCertificate, Future<?>> use) {
        this.config = config;
        this.vertx = vertx;
        this.current = current;
        this.use = use;
    }

    /// Reads the files from time to time, until Vert.x is closed.
    public void start() {
        vertx.setPeriodic(
                INTERVAL.toMillis(),
                _ -> vertx.executeBlocking(() -> TlsCertificate.read(config, vertx))
                        .onSuccess(this::onRead)
                        .onFailure(this::onFailure));
    }

    private void onRead(TlsCertificate read) {
        lastFailure = "";
        if (read.differsFrom(current)) {
            current = read;
            use.apply(read)
                    .onSuccess(_ -> LOG.info(
                            "the certificate in {} is used from now on; it expires at {}",
                            config.certificate(),
                            read.expiresAt()))
                    .onFailure(this::onFailure);
        }
    }

    private void onFailure(Throwable failure) {
        var message = String.valueOf(failure.getMessage());
        if (!message.equals(lastFailure)) {
            lastFailure = message;
            LOG.warn("the certificate from before stays in use, until {}: {}", current.expiresAt(), message);
        }
    }
}
