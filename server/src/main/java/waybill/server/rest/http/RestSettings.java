package waybill.server.rest.http;

import java.time.Duration;
import java.util.Currency;

/// The settings of the REST API.
///
/// @param store the store of an order that names none
/// @param currency the currency of amounts that name none
/// @param readsPerSecond the reads of one user; 0 for no limit
/// @param writesPerSecond the writes of one user; 0 for no limit
/// @param devicesMax the devices of a user; one more replaces the oldest
/// @param payloadMax the bytes of a body
/// @param bodyTimeout the time for a body to arrive
public record RestSettings(
        String store,
        String currency,
        int readsPerSecond,
        int writesPerSecond,
        int devicesMax,
        int payloadMax,
        Duration bodyTimeout) {

    public RestSettings {
        if (store.isBlank()) {
            throw new IllegalArgumentException("store: blank (expected: at least one character)");
        }
        try {
            Currency.getInstance(currency);
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("currency: " + currency + " (expected: an ISO 4217 code such as EUR)");
        }
        if (readsPerSecond < 0 || writesPerSecond < 0) {
            throw new IllegalArgumentException("readsPerSecond, writesPerSecond: " + readsPerSecond + ", "
                    + writesPerSecond + " (expected: 0 for no limit, or more)");
        }
        if (!bodyTimeout.isPositive()) {
            throw new IllegalArgumentException("bodyTimeout: " + bodyTimeout + " (expected: more than 0)");
        }
        if (devicesMax < 1 || payloadMax < 1) {
            throw new IllegalArgumentException(
                    "devicesMax, payloadMax: " + devicesMax + ", " + payloadMax + " (expected: at least 1)");
        }
    }

    public static RestSettings defaults() {
        return new RestSettings("default", "EUR", 50, 50, 10, 1_000_000, Duration.ofSeconds(30));
    }

    public RestSettings withStore(String value) {
        return new RestSettings(value, currency, readsPerSecond, writesPerSecond, devicesMax, payloadMax, bodyTimeout);
    }

    public RestSettings withCurrency(String value) {
        return new RestSettings(store, value, readsPerSecond, writesPerSecond, devicesMax, payloadMax, bodyTimeout);
    }

    public RestSettings withRates(int reads, int writes) {
        return new RestSettings(store, currency, reads, writes, devicesMax, payloadMax, bodyTimeout);
    }

    public RestSettings withPayloadMax(int value) {
        return new RestSettings(store, currency, readsPerSecond, writesPerSecond, devicesMax, value, bodyTimeout);
    }

    public RestSettings withBodyTimeout(Duration value) {
        return new RestSettings(store, currency, readsPerSecond, writesPerSecond, devicesMax, payloadMax, value);
    }
}
