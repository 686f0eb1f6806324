package waybill.server.doctor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import waybill.server.Config;
import waybill.server.StoragePart;
import waybill.socketio.redis.RedisCluster;
import waybill.socketio.redis.RedisConfig;
import waybill.storage.StoreInspection;
import waybill.storage.StoreInspection.State;

/// Looks at everything that a hub with a configuration needs.
public final class DoctorPart {

    private static final long REDIS_WITHIN_SECONDS = 5;

    private DoctorPart() {}

    /// All findings, in the order in which an operator should read them.
    public static List<Finding> examine(Config config, InstantSource clock) {
        var findings = new ArrayList<Finding>();
        findings.add(safeAddress(config));
        findings.addAll(NetworkChecks.examine(config, clock));
        config.cluster().redis().ifPresent(address -> findings.add(redis(RedisConfig.of(address))));
        findings.addAll(FileChecks.examine(config, clock));
        findings.add(orders(config));
        findings.add(finding(StoreInspection.ofTracks(config.data())));
        return List.copyOf(findings);
    }

    private static Finding safeAddress(Config config) {
        try {
            config.requireSafeAddress();
            return Finding.ok("configuration", config.identity().isDevelopment() ? "development mode" : "secured mode");
        } catch (IllegalArgumentException e) {
            return Finding.error("configuration", String.valueOf(e.getMessage()));
        }
    }

    private static Finding redis(RedisConfig config) {
        try (var cluster = RedisCluster.connect(config)) {
            cluster.connected()
                    .toCompletableFuture()
                    .orTimeout(REDIS_WITHIN_SECONDS, TimeUnit.SECONDS)
                    .join();
            return Finding.ok("Redis", "answers at " + config.address());
        } catch (CompletionException _) {
            return Finding.error(
                    "Redis",
                    "does not answer at " + config.address() + " within " + REDIS_WITHIN_SECONDS + " s; look whether it"
                            + " runs, whether this machine may reach it, and at the password in --redis-file");
        }
    }

    private static Finding orders(Config config) {
        try {
            return finding(StoragePart.address(config.database())
                    .map(StoreInspection::ofPostgres)
                    .orElseGet(() -> StoreInspection.ofOrders(config.data())));
        } catch (IllegalArgumentException e) {
            return Finding.error("PostgreSQL", String.valueOf(e.getMessage()));
        }
    }

    private static Finding finding(StoreInspection inspection) {
        var state = inspection.state();
        var level = state == State.UNUSABLE
                ? Finding.Level.ERROR
                : state == State.OUTDATED ? Finding.Level.WARNING : Finding.Level.OK;
        return new Finding(level, inspection.subject(), inspection.text());
    }
}
