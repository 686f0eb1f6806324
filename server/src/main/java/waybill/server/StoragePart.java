package waybill.server;

import waybill.hub.relay.WakeUpSignal;
import waybill.storage.Store;
import waybill.storage.StoreEnvironment;
import waybill.storage.sql.Disk;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;

/// The store.
///
/// @param wakeUpSignal given after each commit that added to the log
record StoragePart(Store store, WakeUpSignal wakeUpSignal) implements AutoCloseable {

    static StoragePart open(Config config, Platform platform) {
        var wakeUpSignal = new WakeUpSignal();
        var store = Store.open(
                config.data(),
                StoreLimits.defaults().withOrderRetention(config.orders().retention()),
                TrackLimits.defaults().withRetention(config.socketLimits().trackRetention()),
                new StoreEnvironment(platform.clock(), platform.nanoTime(), platform.threads(), Disk.ofMachine()),
                wakeUpSignal::signal);
        return new StoragePart(store, wakeUpSignal);
    }

    @Override
    public void close() {
        store.close();
    }
}
