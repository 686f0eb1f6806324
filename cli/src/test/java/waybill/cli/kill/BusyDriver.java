package waybill.cli.kill;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import waybill.cli.caps.AppThread;
import waybill.cli.caps.Door;
import waybill.cli.caps.News;
import waybill.cli.caps.SocketLine;
import waybill.cli.driver.Driver;
import waybill.cli.driver.Pace;

/// A driver who is everywhere at once.
final class BusyDriver implements AutoCloseable {

    private static final Pace AT_ONCE = new Pace(Duration.ZERO, Duration.ZERO, 50);

    private final String name;
    private final Witness witness;
    private final AppThread thread;
    private final SocketLine socket;

    BusyDriver(String name, URI hub, Witness witness) {
        this.name = name;
        this.witness = witness;
        thread = new AppThread(name);
        socket = new SocketLine(Door.open(hub), Map.of("driverId", name), thread, _ -> {});
    }

    BusyDriver open() {
        var line = new WatchedLine(socket, witness);
        var driver = new Driver(line, thread, AT_ONCE, this::hear);
        socket.open(line.watching(driver, (event, parcel) -> {
            if (event.equals("pickup")) {
                witness.heardOfPickup(parcel.key());
            }
        }));
        return this;
    }

    @Override
    public void close() {
        socket.close();
        thread.close();
    }

    private void hear(News news) {
        switch (news) {
            case News.Delivered(var parcel) -> witness.delivered(parcel.key(), name);
            case News.Refused refused -> witness.check(false, refused.toString());
            default -> {} // nothing to judge
        }
    }
}
