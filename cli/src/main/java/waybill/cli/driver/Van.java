package waybill.cli.driver;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import waybill.cli.caps.AppThread;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SocketLine;

/// Carries a driver: the line to the hub, and the thread that the driver lives on.
public final class Van implements AutoCloseable {

    private final AppThread thread;
    private final SocketLine line;
    private final Consumer<News> tell;

    /// @param name by which the hub knows the driver again after the line has been down
    public Van(URI hub, String name, Profile profile, Consumer<News> tell) {
        this.tell = tell;
        thread = new AppThread("driver " + name);
        line = new SocketLine(hub, Map.of("role", "driver", "driverId", name, "profile", profile.name()), thread, tell);
    }

    /// Sets out to deliver whatever there is.
    public Round drive(Pace pace) {
        var driver = new Driver(line, thread, pace, tell);
        line.open(driver);
        return code -> thread.execute(() -> driver.scan(code));
    }

    /// Delivers the parcels with these codes and no others; completes with whether the hub agreed to all.
    public CompletableFuture<Boolean> scan(List<String> codes) {
        var scans = new Scans(codes, line, thread, tell);
        line.open(scans);
        return scans.allDelivered();
    }

    @Override
    public void close() {
        line.close();
        thread.close();
    }

    /// A driver on the way.
    @FunctionalInterface
    public interface Round {

        /// Delivers the parcel with this code at once.
        void scan(String code);
    }
}
