package waybill.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import waybill.bench.ours.HubServer;
import waybill.bench.ours.TrackingServer;

/// Our own engine, in a JVM with the options that `./waybill serve` uses. The scenario that delivers parcels meets
/// the real hub, which keeps every step on disk.
///
/// @param loops how many event loops it has
/// @param data where hubs may keep what they keep
record WaybillPeer(int loops, Path data) implements Peer {

    private static final List<String> JVM = List.of("-Xmx1g", "-XX:+UseCompactObjectHeaders");

    @Override
    public String name() {
        return loops == 1 ? "Waybill" : "Waybill, " + loops + " loops";
    }

    @Override
    public void prepare() {}

    @Override
    public String version() {
        return "this source, on JDK " + Runtime.version();
    }

    @Override
    public Command command(String scenario, int port, String secret) {
        var main = scenario.equals("caps") ? HubServer.class : TrackingServer.class;
        return new Command(
                JavaCommand.ours(main, JVM),
                Map.of(
                        "PORT", Integer.toString(port),
                        "BENCH_SECRET", secret,
                        "LOOPS", Integer.toString(loops),
                        "DATA", data.resolve(Integer.toString(port)).toString()));
    }

    @Override
    public boolean isSingleThreaded() {
        return false;
    }
}
