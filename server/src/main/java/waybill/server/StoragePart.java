package waybill.server;

import waybill.hub.relay.LogSignals;
import waybill.storage.PostgresStore;
import waybill.storage.Store;
import waybill.storage.StoreEnvironment;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;

/// The store.
///
/// @param signals given after each commit that added to the log
public record StoragePart(Store store, LogSignals signals) implements AutoCloseable {

    public static StoragePart open(Config config, Platform platform) {
        var signals = new LogSignals();
        var limits = StoreLimits.defaults().withOrderRetention(config.orders().retention());
        var trackLimits =
                TrackLimits.defaults().withRetention(config.socketLimits().trackRetention());
        var environment =
                new StoreEnvironment(platform.clock(), platform.nanoTime(), platform.threads(), platform.disk());
        var postgres = config.database().address();
        var store = postgres.isPresent()
                ? PostgresStore.open(
                        postgres.get(),
                        ClusterPart.node(config, platform).name(),
                        config.data(),
                        limits,
                        trackLimits,
                        environment,
                        signals::signal)
                : Store.open(config.data(), limits, trackLimits, environment, signals::signal);
        return new StoragePart(store, signals);
    }

    @Override
    public void close() {
        store.close();
    }
}
