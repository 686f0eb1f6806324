package waybill.server;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import waybill.dispatch.DispatchDecision.OrderChoice;
import waybill.dispatch.DispatchWeights;
import waybill.dispatch.StoredDecision;
import waybill.hub.dispatch.DispatchPreview;
import waybill.order.OrderId;
import waybill.server.identity.TokenVerifier;
import waybill.server.proof.SigningKey;
import waybill.server.push.VapidKey;
import waybill.storage.StoredDecisions;
import waybill.storage.backup.Backup;
import waybill.storage.backup.BackupManifest;
import waybill.storage.backup.Restore;
import waybill.storage.incident.Incident;
import waybill.storage.incident.IncidentExport;
import waybill.storage.incident.IncidentFile;
import waybill.storage.incident.IncidentSelection;
import waybill.storage.migration.DatabaseMigration;

/// A running hub. It starts part by part, each on the parts before it, and closes them in the reverse order; a part
/// that cannot start closes those that have.
public final class WaybillServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WaybillServer.class);

    private final StartedParts started;
    private final SecurityPart security;
    private final WebPart web;

    private WaybillServer(StartedParts started, SecurityPart security, WebPart web) {
        this.started = started;
        this.security = security;
        this.web = web;
    }

    /// Starts a hub, or throws with what stands in the way.
    public static WaybillServer start(Config config) {
        Preload.start();
        return start(config, Platform.system());
    }

    static WaybillServer start(Config config, Platform platform) {
        config.requireSafeAddress();
        return start(HubPart.start(config, platform));
    }

    /// Starts one of several nodes on a store that is open, and stays open when the node closes.
    static WaybillServer start(Config config, Platform platform, StoragePart storage, ClusterPart cluster) {
        return start(HubPart.start(config, platform, storage, cluster));
    }

    private static WaybillServer start(HubPart hub) {
        var config = hub.parts().config();
        var started = new StartedParts();
        started.add(hub);
        try {
            var web = started.add(new WebPart(new WebServer(config.loops())));
            var drain = config.web().port().drain();
            started.add(() -> hub.sockets().disconnect(drain)); // before the port is closed
            web.listen(hub);
            LOG.debug("listening on {}, with the data in {}", web.server().addresses(), config.data());
            return new WaybillServer(started, hub.parts().security(), web);
        } catch (RuntimeException e) {
            started.close();
            throw e;
        }
    }

    /// Copies the databases, the uploaded files and the keys in `data` into `target`, whether a hub runs on them or
    /// not.
    ///
    /// @param hasDatabase whether the orders are in `data`, and not on a server of PostgreSQL
    public static BackupManifest backup(Path data, Path target, boolean hasDatabase) {
        return Backup.create(data, target, hasDatabase, List.of(SigningKey.FILE, VapidKey.FILE));
    }

    /// Makes a data directory of a backup.
    public static BackupManifest restore(Path backup, Path data) {
        return Restore.create(backup, data);
    }

    /// Copies what a hub that is stopped has in `data` to an empty database, and compares it.
    ///
    /// @param progress receives lines about the tables
    public static void migrate(Path data, DatabaseConfig database, Consumer<String> progress) {
        var address = StoragePart.address(database)
                .orElseThrow(() -> new IllegalArgumentException(
                        "database: missing (expected: the URL of a PostgreSQL database, with --database)"));
        new DatabaseMigration(progress, System::nanoTime).run(data, address);
    }

    /// Passes each decision of dispatch in `data` on with what other weights would have decided, the oldest first,
    /// whether a hub runs on it or not.
    public static void replayDecisions(
            Path data, DispatchWeights weights, BiConsumer<StoredDecision, OrderChoice> consumer) {
        StoredDecisions.forEach(data, decision -> consumer.accept(decision, DispatchPreview.replay(decision, weights)));
    }

    /// Writes an incident file of what `data` has, whether a hub runs on it or not.
    ///
    /// @param isRedacted whether names, addresses and texts of people are left out
    public static Incident exportIncident(Path data, OrderId order, boolean isRedacted, Path target) {
        return IncidentExport.create(data, IncidentSelection.ofOrder(order, isRedacted), target);
    }

    /// The same for all that happened from one time to another.
    public static Incident exportIncident(Path data, Instant from, Instant to, boolean isRedacted, Path target) {
        return IncidentExport.create(data, IncidentSelection.ofTimes(from, to, isRedacted), target);
    }

    /// Makes a data directory of an incident file, which must be empty or not there.
    public static Incident restoreIncident(Path file, Path data) {
        return IncidentFile.restore(file, data);
    }

    /// Serves an incident file, of which `data` was made, to this machine.
    ///
    /// @param basemap the file of the map behind the drivers
    public static IncidentPart replayIncident(Path data, Incident incident, int port, Optional<Path> basemap) {
        return IncidentPart.start(data, incident, port, basemap, Platform.system());
    }

    /// Where it listens, in the order of the configuration.
    public List<InetSocketAddress> addresses() {
        return web.server().addresses();
    }

    /// Verifies tokens, and in development mode issues them.
    public TokenVerifier identity() {
        return security.tokenVerifier();
    }

    /// Disconnects the clients, emits what is committed, answers the requests that are under way, and closes the
    /// store. What was committed too late to be emitted is emitted by the next hub on the same data.
    @Override
    public void close() {
        started.close();
    }
}
