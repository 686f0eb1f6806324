package waybill.bench.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import waybill.bench.ours.HubServer;
import waybill.bench.ours.TrackingServer;

/// Our own engine. The scenario that delivers parcels meets
/// the real hub, which keeps every step on disk.
///
/// @param loops how many event loops it has
/// @param data where hubs may keep what they keep
/// @param jvmOptions what its JVM is started with
record WaybillPeer(int loops, Path data, List<String> jvmOptions) implements Peer {

    @Override
    public String name() {
        return loops == 1 ? "Waybill" : "Waybill, " + loops + " loops";
    }

    @Override
    public void prepare() {}

    @Override
    public String version() {
        return "this source, with " + String.join(" ", jvmOptions);
    }

    @Override
    public Command command(String scenario, int port, String secret) {
        var main = scenario.equals("caps") ? HubServer.class : TrackingServer.class;
        return new Command(
                JavaCommand.ours(main, jvmOptions),
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
