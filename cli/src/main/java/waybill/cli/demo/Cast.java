package waybill.cli.demo;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import waybill.cli.caps.Door;
import waybill.cli.caps.News;
import waybill.cli.caps.Profile;
import waybill.cli.driver.Pace;
import waybill.cli.driver.Van;
import waybill.cli.vendor.Order;
import waybill.cli.vendor.Shop;

/// Who plays in the demo: two stores and a driver, each on a line of its own to the hub.
public final class Cast implements AutoCloseable {

    private static final List<String> STORES = List.of("acme-widgets", "1-800-flowers");
    private static final String DRIVER = "demo-driver";

    private final List<Shop> shops;
    private final Van van;
    private final Pace pace;

    /// @param tell hears who has news, and the news
    public Cast(URI hub, Duration every, Pace pace, Supplier<Order> customers, BiConsumer<String, News> tell) {
        this.pace = pace;
        shops = STORES.stream()
                .map(store -> new Shop(
                        new Shop.Plan(Door.open(hub), store, Profile.phase3, every, Shop.Plan.WITHOUT_END),
                        customers,
                        news -> tell.accept(store, news)))
                .toList();
        van = new Van(Door.open(hub), DRIVER, Profile.phase3, news -> tell.accept(DRIVER, news));
    }

    public void enter() {
        van.drive(pace);
        shops.forEach(Shop::open);
    }

    @Override
    public void close() {
        shops.forEach(Shop::close);
        van.close();
    }
}
