package waybill.cli.driver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.ClientThread;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SocketConnection;

/// Carries a driver: the line to the hub, and the thread that the driver lives on.
public final class DriverRunner implements AutoCloseable {

    private final ClientThread thread;
    private final SocketConnection connection;
    private final Consumer<ClientEvent> listener;
    private final CompletableFuture<Void> accessDenied = new CompletableFuture<>();

    /// @param name by which the hub knows the driver again after the line has been down, unless a token says who it is
    public DriverRunner(Endpoint endpoint, String name, Profile profile, Consumer<ClientEvent> tell) {
        this.listener = tell;
        thread = new ClientThread("driver " + name);
        var query = Map.of("role", "driver", "driverId", name, "profile", profile.name());
        connection = new SocketConnection(endpoint, query, thread, this::onEvent);
    }

    private void onEvent(ClientEvent news) {
        listener.accept(news);
        if (news instanceof ClientEvent.AccessDenied) {
            accessDenied.complete(null);
        }
    }

    /// Completes when the hub does not let the driver in and will not.
    public CompletableFuture<Void> accessDenied() {
        return accessDenied;
    }

    /// Sets out to deliver whatever there is.
    public ScanInput start(WorkPace pace) {
        var driver = new Driver(connection, thread, pace, listener);
        connection.connect(driver);
        return code -> thread.execute(() -> driver.scan(code));
    }

    /// Delivers the parcels with these codes and no others; completes with whether the hub let it in and agreed to all.
    public CompletableFuture<Boolean> scan(List<String> codes) {
        var scans = new ScanOnlyDriver(codes, connection, thread, listener);
        connection.connect(scans);
        return scans.allDelivered().applyToEither(accessDenied.thenApply(_ -> false), isDone -> isDone);
    }

    @Override
    public void close() {
        connection.close();
        thread.close();
    }

    /// A driver on the way.
    @FunctionalInterface
    public interface ScanInput {

        /// Delivers the parcel with this code at once.
        void scan(String code);
    }
}
