package waybill.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import waybill.directory.Vehicle;
import waybill.server.EtaConfig;
import waybill.server.routing.RoutingConfig;
import waybill.server.routing.RoutingKey;

/// The options of times of arrival.
final class EtaOptions {

    private static final String KEY = "WAYBILL_ROUTING_KEY";

    /// A kind of routing service.
    enum Service {
        osrm,
        mapbox,
        google
    }

    @Option(
            names = "--delay-after",
            paramLabel = "TIME",
            description = "how late an order is expected when order:delayed is sent, 0 for never (default: 5m)")
    private Duration delayAfter = EtaConfig.defaults().delayAfter();

    @Option(
            names = "--routing",
            paramLabel = "SERVICE",
            description = "the service that is asked for travel times: osrm, mapbox or google; mapbox and google need a"
                    + " key in " + KEY + " (default: none, they are learnt)")
    private @Nullable Service routing;

    @Option(
            names = "--routing-url",
            paramLabel = "URL",
            description =
                    "the address of the routing service (default: that of the service, for osrm http://localhost:5000)")
    private @Nullable URI routingUrl;

    @Option(
            names = "--routing-profile",
            paramLabel = "NAME",
            description = "the profile of osrm or mapbox (default: driving)")
    private String routingProfile = "driving";

    @Option(
            names = "--routing-key-file",
            paramLabel = "FILE",
            description = "the file with the key of the routing service (default: " + KEY + ")")
    private @Nullable Path routingKeyFile;

    @Option(
            names = "--osm-file",
            paramLabel = "FILE",
            description =
                    "an extract of OpenStreetMap (.osm.pbf), along whose roads travel times are computed inside the"
                            + " hub (default: none)")
    private @Nullable Path osmFile;

    @Option(
            names = "--osm-vehicle",
            paramLabel = "VEHICLE",
            description = "what drivers deliver with on the roads of --osm-file: foot, bicycle, motorcycle, car or van"
                    + " (default: car)")
    private String osmVehicle = Vehicle.DEFAULT.wireName();

    EtaConfig config(Map<String, String> environment) {
        return EtaConfig.defaults().withDelayAfter(delayAfter).withRouting(routing(environment));
    }

    private RoutingConfig routing(Map<String, String> environment) {
        if (osmFile != null) {
            return osmFile(osmFile);
        }
        if (routing == null) {
            return new RoutingConfig.None();
        }
        return switch (routing) {
            case osrm ->
                new RoutingConfig.Osrm(
                        Objects.requireNonNullElse(routingUrl, URI.create("http://localhost:5000")), routingProfile);
            case mapbox ->
                new RoutingConfig.Mapbox(
                        Objects.requireNonNullElse(routingUrl, RoutingConfig.Mapbox.BASE),
                        routingProfile,
                        key(environment));
            case google ->
                new RoutingConfig.Google(
                        Objects.requireNonNullElse(routingUrl, RoutingConfig.Google.BASE), key(environment));
        };
    }

    private RoutingConfig osmFile(Path file) {
        if (routing != null) {
            throw new IllegalArgumentException("routing: " + routing + " beside --osm-file (expected: one of them)");
        }
        return new RoutingConfig.OsmFile(
                file,
                Vehicle.parse(osmVehicle)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "osm-vehicle: " + osmVehicle + " (expected: foot, bicycle, motorcycle, car or van)")));
    }

    private RoutingKey key(Map<String, String> environment) {
        var key = routingKeyFile == null ? environment.get(KEY) : contents(routingKeyFile);
        if (key == null) {
            throw new IllegalArgumentException(
                    "routing: " + routing + " without a key (expected: " + KEY + " or --routing-key-file)");
        }
        return new RoutingKey(key.strip());
    }

    private static String contents(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            throw new IllegalArgumentException(
                    "routing-key-file: " + file + " cannot be read (expected: a file that holds the key)");
        }
    }
}
