package waybill.server;

import java.nio.file.Path;
import java.util.Optional;
import waybill.hub.NodeId;
import waybill.hub.relay.LogSignals;
import waybill.hub.relay.NodeCheckpoint;
import waybill.storage.PostgresStore;
import waybill.storage.SharedStore;
import waybill.storage.Store;
import waybill.storage.StoreEnvironment;
import waybill.storage.postgres.PostgresAddress;
import waybill.storage.sql.StoreLimits;
import waybill.storage.track.TrackLimits;
import waybill.storage.track.TrackSettings;
import waybill.stream.KafkaSettings;
import waybill.stream.KafkaTrackSink;
import waybill.tracking.TrackSink;

/// The store.
///
/// @param signals given after each commit that added to the log
public record StoragePart(Store store, LogSignals signals) implements AutoCloseable {

    public static StoragePart open(Config config, Platform platform) {
        var signals = new LogSignals();
        var limits = StoreLimits.defaults().withOrderRetention(config.orders().retention());
        var tracks = tracks(config);
        var environment = environment(platform);
        var postgres = address(config.database());
        var store = postgres.isPresent()
                ? PostgresStore.open(
                        postgres.get(),
                        ClusterPart.node(config, platform).name(),
                        config.data(),
                        limits,
                        tracks,
                        environment,
                        signals::signal)
                : Store.open(config.data(), limits, tracks, environment, signals::signal);
        return new StoragePart(store, signals);
    }

    private static TrackSettings tracks(Config config) {
        var limits = TrackLimits.defaults().withRetention(config.socketLimits().trackRetention());
        var place = switch (config.database().trackPlace()) {
            case SQLITE -> TrackSettings.Place.FILE;
            case POSTGRESQL -> TrackSettings.Place.DATABASE;
        };
        var copies = config.database().tracks().topic().map(StoragePart::topic).stream()
                .toList();
        return new TrackSettings(place, limits, copies);
    }

    private static TrackSink topic(TrackConfig.Topic topic) {
        return KafkaTrackSink.create(new KafkaSettings(topic.servers(), topic.name(), topic.properties()));
    }

    /// Opens a file that other nodes of a simulation have open too.
    public static StoragePart openShared(Config config, Platform platform, Path database, SharedStore.Link link) {
        var signals = new LogSignals();
        return new StoragePart(
                SharedStore.open(
                        config.data(),
                        database,
                        link,
                        StoreLimits.defaults()
                                .withOrderRetention(config.orders().retention()),
                        TrackLimits.defaults()
                                .withRetention(config.socketLimits().trackRetention()),
                        environment(platform),
                        signals::signal),
                signals);
    }

    private static StoreEnvironment environment(Platform platform) {
        return new StoreEnvironment(platform.clock(), platform.nanoTime(), platform.threads(), platform.disk());
    }

    /// The server of a configuration and its database, unless the data directory is used.
    public static Optional<PostgresAddress> address(DatabaseConfig config) {
        return config.url()
                .map(PostgresAddress::parse)
                .map(address -> config.password().map(address::withPassword).orElse(address));
    }

    /// How far the relay of a node has come.
    NodeCheckpoint checkpoint(NodeId node) {
        return NodeCheckpoint.of(node, store.eventLog());
    }

    @Override
    public void close() {
        store.close();
    }
}
