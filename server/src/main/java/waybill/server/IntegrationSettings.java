package waybill.server;

import waybill.hub.alert.AlertThresholds;
import waybill.server.rest.payment.PaymentSecrets;

/// The settings of what other systems send to the hub, and of what administrators are told.
///
/// @param emitsPerSecond the events that one caller may emit to clients; 0 for no limit
/// @param payments the secrets of payment providers
/// @param alerts when alerts are opened
public record IntegrationSettings(int emitsPerSecond, PaymentSecrets payments, AlertThresholds alerts) {

    public static final int EMITS_PER_SECOND = 50;

    public IntegrationSettings {
        if (emitsPerSecond < 0) {
            throw new IllegalArgumentException(
                    "emitsPerSecond: " + emitsPerSecond + " (expected: 0 for no limit, or more)");
        }
    }

    public static IntegrationSettings defaults() {
        return new IntegrationSettings(EMITS_PER_SECOND, PaymentSecrets.NONE, AlertThresholds.defaults());
    }

    public IntegrationSettings withEmitsPerSecond(int value) {
        return new IntegrationSettings(value, payments, alerts);
    }

    public IntegrationSettings withPayments(PaymentSecrets value) {
        return new IntegrationSettings(emitsPerSecond, value, alerts);
    }

    public IntegrationSettings withAlerts(AlertThresholds value) {
        return new IntegrationSettings(emitsPerSecond, payments, value);
    }
}
