package waybill.cli.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import waybill.cli.caps.ClientEvent;
import waybill.cli.caps.Endpoint;
import waybill.cli.caps.Profile;
import waybill.cli.driver.DriverRunner;
import waybill.cli.driver.WorkPace;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.VendorRunner;

/// The clients of the demo: two stores and a driver, each with its own connection to the hub.
public final class DemoActors implements AutoCloseable {

    private static final List<String> STORES = List.of("acme-widgets", "1-800-flowers");
    private static final String DRIVER = "demo-driver";

    private final List<VendorRunner> vendors;
    private final DriverRunner driver;
    private final WorkPace workPace;

    /// @param listener receives the events with the name of their source
    public DemoActors(
            URI hub,
            Duration every,
            WorkPace workPace,
            Supplier<Order> customers,
            BiConsumer<String, ClientEvent> listener) {
        this.workPace = workPace;
        vendors = STORES.stream()
                .map(store -> new VendorRunner(
                        new VendorRunner.Plan(
                                Endpoint.withoutToken(hub), store, Profile.phase3, every, VendorRunner.Plan.UNLIMITED),
                        customers,
                        event -> listener.accept(store, event)))
                .toList();
        driver = new DriverRunner(
                Endpoint.withoutToken(hub), DRIVER, Profile.phase3, event -> listener.accept(DRIVER, event));
    }

    public void start() {
        driver.start(workPace);
        vendors.forEach(VendorRunner::start);
    }

    @Override
    public void close() {
        vendors.forEach(VendorRunner::close);
        driver.close();
    }
}
