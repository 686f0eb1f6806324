package waybill.server.doctor;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import waybill.server.Config;

/// Looks at everything that a hub with a configuration needs.
public final class Doctor {

    private Doctor() {}

    /// All findings, in the order in which an operator should read them.
    public static List<Finding> examine(Config config, InstantSource clock) {
        var findings = new ArrayList<Finding>();
        findings.add(safeAddress(config));
        findings.addAll(NetworkChecks.examine(config, clock));
        findings.addAll(FileChecks.examine(config, clock));
        findings.addAll(StoreChecks.examine(config));
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
}
