package waybill.server.routing;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.directory.Vehicle;
import waybill.eta.TravelTimeProvider;

/// Which provider of travel times the hub asks.
public sealed interface RoutingConfig {

    /// None: the hub's own model is enough.
    record None() implements RoutingConfig {}

    /// A service with the HTTP protocol of OSRM.
    ///
    /// @param base such as `http://localhost:5000`
    /// @param profile such as `driving`
    record Osrm(URI base, String profile) implements Service {

        public Osrm {
            requireHttp(base);
            requireProfile(profile);
        }
    }

    /// Mapbox Directions.
    ///
    /// @param profile such as `driving-traffic`
    record Mapbox(URI base, String profile, RoutingKey token) implements Service {

        public static final URI BASE = URI.create("https://api.mapbox.com");

        public Mapbox {
            requireHttp(base);
            requireProfile(profile);
        }
    }

    /// Google Routes.
    record Google(URI base, RoutingKey key) implements Service {

        public static final URI BASE = URI.create("https://routes.googleapis.com");

        public Google {
            requireHttp(base);
        }
    }

    /// A routing engine inside the hub, on the roads of an OpenStreetMap file.
    ///
    /// @param vehicle what drivers deliver with
    record OsmFile(Path file, Vehicle vehicle) implements RoutingConfig {

        public OsmFile {
            if (!Files.isReadable(file)) {
                throw new IllegalArgumentException("osm-file: " + file + " (expected: a file that can be read)");
            }
        }
    }

    /// A routing service that is asked over HTTP.
    sealed interface Service extends RoutingConfig {

        default TravelTimeProvider open() {
            return switch (this) {
                case Osrm(var base, var profile) ->
                    new HttpRouting(new OsrmProtocol(base + "/route/v1/" + profile + "/", ""));
                case Mapbox(var base, var profile, var token) ->
                    new HttpRouting(new OsrmProtocol(
                            base + "/directions/v5/mapbox/" + profile + "/", "&access_token=" + token.value()));
                case Google(var base, var key) -> new HttpRouting(new GoogleProtocol(base, key));
            };
        }
    }

    private static void requireHttp(URI base) {
        var scheme = base.getScheme() == null ? "" : base.getScheme();
        if (!Set.of("http", "https").contains(scheme) || base.getHost() == null || base.getQuery() != null) {
            throw new IllegalArgumentException("routing-url: " + base + " (expected: such as http://localhost:5000)");
        }
    }

    private static void requireProfile(String profile) {
        if (!Pattern.matches("[A-Za-z0-9_-]{1,40}", profile)) {
            throw new IllegalArgumentException(
                    "routing-profile: " + profile + " (expected: a profile of the service, such as driving)");
        }
    }
}
