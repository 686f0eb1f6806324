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

/// Runs a driver on its own connection and thread.
public final class DriverRunner implements AutoCloseable {

    private final ClientThread thread;
    private final SocketConnection connection;
    private final Consumer<ClientEvent> listener;
    private final CompletableFuture<Void> accessDenied = new CompletableFuture<>();

    /// @param name the driver's id, under which it resumes after a reconnect, unless a token has another
    public DriverRunner(Endpoint endpoint, String name, Profile profile, Consumer<ClientEvent> listener) {
        this.listener = listener;
        thread = new ClientThread("driver " + name);
        var query = Map.of("role", "driver", "driverId", name, "profile", profile.name());
        connection = new SocketConnection(endpoint, query, thread, this::onEvent);
    }

    private void onEvent(ClientEvent event) {
        listener.accept(event);
        if (event instanceof ClientEvent.AccessDenied) {
            accessDenied.complete(null);
        }
    }

    /// Completes when the hub rejects the driver permanently.
    public CompletableFuture<Void> accessDenied() {
        return accessDenied;
    }

    /// Starts to deliver all available parcels.
    public ScanInput start(WorkPace workPace) {
        var driver = new Driver(connection, thread, workPace, listener);
        connection.connect(driver);
        return code -> thread.execute(() -> driver.scan(code));
    }

    /// Delivers the parcels with these codes only; completes with whether the hub accepted all of them.
    public CompletableFuture<Boolean> scan(List<String> codes) {
        var scanner = new ScanOnlyDriver(codes, connection, thread, listener);
        connection.connect(scanner);
        return scanner.allDelivered().applyToEither(accessDenied.thenApply(_ -> false), isDone -> isDone);
    }

    @Override
    public void close() {
        connection.close();
        thread.close();
    }

    /// The scanner of a running driver.
    @FunctionalInterface
    public interface ScanInput {

        /// Delivers the parcel with this code at once.
        void scan(String code);
    }
}
