package waybill.server;

import java.time.Duration;

/// The settings of times of arrival.
///
/// @param delayAfter how late an order is expected when its delay alert is opened; zero for no alerts
public record EtaConfig(Duration delayAfter) {

    public EtaConfig {
        if (delayAfter.isNegative()) {
            throw new IllegalArgumentException("delayAfter: " + delayAfter + " (expected: zero or more)");
        }
    }

    public static EtaConfig defaults() {
        return new EtaConfig(Duration.ofMinutes(5));
    }
}
