package waybill.cli;

import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import waybill.order.Unavailable;
import waybill.server.Config;
import waybill.server.Hub;

/// A hub in this process, and where it is.
record RunningHub(Hub hub, List<URI> urls) implements AutoCloseable {

    /// The hub could not be started, for a reason that the operator can remove.
    static final class CannotStart extends RuntimeException {
        CannotStart(RuntimeException cause) {
            super(cause.getMessage(), cause);
        }
    }

    static RunningHub start(Config config) {
        try {
            var hub = Hub.start(config);
            return new RunningHub(
                    hub,
                    hub.addresses().stream()
                            .map(address -> URI.create("http://" + address.getHostString() + ':' + address.getPort()))
                            .toList());
        } catch (IllegalStateException | UncheckedIOException | Unavailable failure) {
            throw new CannotStart(failure);
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
