package waybill.cli;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import waybill.journal.UnavailableException;
import waybill.server.Config;
import waybill.server.WaybillServer;

/// A hub in this process, and its URL.
record RunningHub(WaybillServer hub, List<URI> urls) implements AutoCloseable {

    /// The hub could not be started, for a reason that the operator can remove.
    static final class StartupFailure extends RuntimeException {
        StartupFailure(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    static RunningHub start(Config config) {
        try {
            var hub = WaybillServer.start(config);
            return new RunningHub(
                    hub,
                    hub.addresses().stream()
                            .map(address -> URI.create(config.web().port().scheme() + "://" + address.getHostString()
                                    + ':' + address.getPort()))
                            .toList());
        } catch (IllegalStateException | UncheckedIOException | UnavailableException failure) {
            throw new StartupFailure(failure);
        }
    }

    URI url() {
        return urls.getFirst();
    }

    @Override
    public void close() {
        hub.close();
    }
}
