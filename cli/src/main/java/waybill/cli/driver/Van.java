package waybill.cli.driver;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import waybill.cli.caps.AppThread;
import waybill.cli.caps.Door;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.caps.SocketLine;

/// Carries a driver: the line to the hub, and the thread that the driver lives on.
public final class Van implements AutoCloseable {

    private final AppThread thread;
    private final SocketLine line;
    private final Consumer<News> tell;
    private final CompletableFuture<Void> turnedAway = new CompletableFuture<>();

    /// @param name by which the hub knows the driver again after the line has been down, unless a token says who it is
    public Van(Door door, String name, Profile profile, Consumer<News> tell) {
        this.tell = tell;
        thread = new AppThread("driver " + name);
        var query = Map.of("role", "driver", "driverId", name, "profile", profile.name());
        line = new SocketLine(door, query, thread, this::hear);
    }

    private void hear(News news) {
        tell.accept(news);
        if (news instanceof News.TurnedAway) {
            turnedAway.complete(null);
        }
    }

    /// Completes when the hub does not let the driver in and will not.
    public CompletableFuture<Void> turnedAway() {
        return turnedAway;
    }

    /// Sets out to deliver whatever there is.
    public Round drive(Pace pace) {
        var driver = new Driver(line, thread, pace, tell);
        line.open(driver);
        return code -> thread.execute(() -> driver.scan(code));
    }

    /// Delivers the parcels with these codes and no others; completes with whether the hub let it in and agreed to all.
    public CompletableFuture<Boolean> scan(List<String> codes) {
        var scans = new Scans(codes, line, thread, tell);
        line.open(scans);
        return scans.allDelivered().applyToEither(turnedAway.thenApply(_ -> false), isDone -> isDone);
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
