package waybill.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import waybill.cli.city.City;
import waybill.cli.traffic.CityTraffic;
import waybill.cli.traffic.TrafficPlan;
import waybill.server.Config;
import waybill.server.WebSettings;
import waybill.server.socket.SocketLimits;
import waybill.storage.sql.PrivateFiles;
import waybill.tracking.DriverTrackState;

/// The city of a demo and its traffic, or none. Confined to one thread, but for the figures.
final class DemoCity implements AutoCloseable {

    private final Optional<City> city;
    private final TrafficPlan plan;
    private final long seed;
    private final Path basemap;
    private Optional<CityTraffic> traffic = Optional.empty();
    private volatile CityTraffic.Figures figures = CityTraffic.Figures.NONE;

    private DemoCity(Optional<City> city, TrafficPlan plan, long seed, Path basemap) {
        this.city = city;
        this.plan = plan;
        this.seed = seed;
        this.basemap = basemap;
    }

    /// Makes a city, and writes its map into a directory. Without drivers there is no city.
    ///
    /// @param seed of its stores, and of what happens
    static DemoCity of(TrafficPlan plan, long seed, Supplier<City> map, Path directory) {
        var city = plan.drivers() == 0 ? Optional.<City>empty() : Optional.of(map.get());
        var basemap = directory.resolve("city.json");
        city.ifPresent(
                one -> write(directory, basemap, CityTraffic.map(one, seed).toString()));
        return new DemoCity(city, plan, seed, basemap);
    }

    private static void write(Path directory, Path file, String text) {
        try {
            PrivateFiles.createDirectory(directory);
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// The settings of a hub that shows this city as its map, and finds the speed of its drivers plausible.
    Config config(Config config) {
        return city.isEmpty()
                ? config
                : config.withWeb(WebSettings.defaults().withBasemap(Optional.of(basemap)))
                        .withSocketLimits(
                                SocketLimits.defaults().withSpeedMax(DriverTrackState.SPEED_MAX * plan.speed()));
    }

    void start(URI hub, InstantSource clock) {
        traffic = city.map(one -> new CityTraffic(hub, one, plan, clock, seed, now -> figures = now));
        traffic.ifPresent(CityTraffic::start);
    }

    /// What goes on, in one line; empty without a city.
    String text() {
        return city.flatMap(one -> traffic.map(_ -> text(one.name(), figures))).orElse("");
    }

    private static String text(String name, CityTraffic.Figures now) {
        return "%s: %d drivers, %d of them with an order; %d orders are at the stores, %d were delivered"
                .formatted(name, now.drivers(), now.busy(), now.waiting(), now.delivered());
    }

    @Override
    public void close() {
        traffic.ifPresent(CityTraffic::close);
    }
}
