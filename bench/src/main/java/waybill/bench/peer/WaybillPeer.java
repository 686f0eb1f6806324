package waybill.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import waybill.bench.load.Scenario;
import waybill.bench.server.HubServer;
import waybill.bench.server.TrackingServer;

/// The hub, or its engine alone.
///
/// @param loops the number of event loops
/// @param data a folder for the hub's data
/// @param jvmOptions options of its JVM, besides those of the launcher
record WaybillPeer(Part part, int loops, Path data, List<String> jvmOptions) implements Peer {

    enum Part {
        HUB("Waybill", HubServer.class),

        /// A tracking server without the rest of the hub.
        ENGINE("Waybill's engine alone", TrackingServer.class);

        private final String title;
        private final Class<?> main;

        Part(String title, Class<?> main) {
            this.title = title;
            this.main = main;
        }
    }

    @Override
    public String name() {
        return loops == 1 ? part.title : part.title + ", " + loops + " loops";
    }

    @Override
    public void prepare() {}

    @Override
    public String version() {
        return "this source, with " + String.join(" ", jvmOptions);
    }

    @Override
    public boolean takesPart(String scenario) {
        return part == Part.HUB || !scenario.equals("caps");
    }

    @Override
    public Command command(String scenario, int port, String secret) {
        var options = new ArrayList<>(JavaCommand.ownOptions());
        options.addAll(jvmOptions);
        return new Command(
                JavaCommand.forClass(part.main, options),
                Map.of(
                        "PORT", Integer.toString(port),
                        "BENCH_SECRET", secret,
                        "LOOPS", Integer.toString(loops),
                        "DATA", data.resolve(Integer.toString(port)).toString(),
                        "ORDERS", Integer.toString(Scenario.orders(scenario, Scenario.Size.FULL))));
    }

    @Override
    public boolean isSingleThreaded() {
        return false;
    }
}
