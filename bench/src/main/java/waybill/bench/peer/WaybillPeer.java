package waybill.bench.peer;

import java.util.List;
import java.util.Map;
import waybill.bench.ours.TrackingServer;

/// Our own engine, in a JVM with the options that `./waybill serve` uses.
///
/// @param loops how many event loops it has
record WaybillPeer(int loops) implements Peer {

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
        return new Command(
                JavaCommand.ours(TrackingServer.class, JVM),
                Map.of(
                        "PORT", Integer.toString(port),
                        "BENCH_SECRET", secret,
                        "LOOPS", Integer.toString(loops)));
    }

    @Override
    public boolean isSingleThreaded() {
        return false;
    }
}
