package waybill.server.routing;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import waybill.eta.TravelTimeProvider;

/// Which provider of travel times the hub asks.
public sealed interface RoutingConfig {

    /// None: the hub's own model is enough.
    record None() implements RoutingConfig {}

    /// A service with the HTTP protocol of OSRM.
    ///
    /// @param base such as `http://localhost:5000`
    /// @param profile such as `driving`
    record Osrm(URI base, String profile) implements RoutingConfig {

        public Osrm {
            requireHttp(base);
            requireProfile(profile);
        }
    }

    /// Mapbox Directions.
    ///
    /// @param profile such as `driving-traffic`
    record Mapbox(URI base, String profile, RoutingKey token) implements RoutingConfig {

        public static final URI BASE = URI.create("https://api.mapbox.com");

        public Mapbox {
            requireHttp(base);
            requireProfile(profile);
        }
    }

    /// Google Routes.
    record Google(URI base, RoutingKey key) implements RoutingConfig {

        public static final URI BASE = URI.create("https://routes.googleapis.com");

        public Google {
            requireHttp(base);
        }
    }

    /// A provider that is there already, such as a routing engine in this process. The hub closes it.
    record Given(TravelTimeProvider provider) implements RoutingConfig {}

    /// The provider, if there is one.
    default Optional<TravelTimeProvider> open() {
        return switch (this) {
            case None _ -> Optional.empty();
            case Osrm(var base, var profile) ->
                Optional.of(new HttpRouting(new OsrmProtocol(base + "/route/v1/" + profile + "/", "")));
            case Mapbox(var base, var profile, var token) ->
                Optional.of(new HttpRouting(new OsrmProtocol(
                        base + "/directions/v5/mapbox/" + profile + "/", "&access_token=" + token.value())));
            case Google(var base, var key) -> Optional.of(new HttpRouting(new GoogleProtocol(base, key)));
            case Given(var provider) -> Optional.of(provider);
        };
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
