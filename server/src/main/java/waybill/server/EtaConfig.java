package waybill.server;

import java.time.Duration;
import waybill.server.routing.RoutingConfig;

/// The settings of times of arrival.
///
/// @param delayAfter how late an order is expected when its delay alert is opened; zero for no alerts
/// @param routing the provider of travel times
public record EtaConfig(Duration delayAfter, RoutingConfig routing) {

    public EtaConfig {
        if (delayAfter.isNegative()) {
            throw new IllegalArgumentException("delayAfter: " + delayAfter + " (expected: zero or more)");
        }
    }

    public static EtaConfig defaults() {
        return new EtaConfig(Duration.ofMinutes(5), new RoutingConfig.None());
    }

    public EtaConfig withDelayAfter(Duration value) {
        return new EtaConfig(value, routing);
    }

    public EtaConfig withRouting(RoutingConfig value) {
        return new EtaConfig(delayAfter, value);
    }
}
