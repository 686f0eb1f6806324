package waybill.server.rest.admin;

import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import waybill.server.metrics.OtherNodes;

/// What health checks look at.
///
/// @param isDraining whether the hub is about to stop
/// @param otherNodes whether the sockets of other nodes are reached; empty where there are none
public record HealthSources(
        BooleanSupplier isWritable,
        BooleanSupplier isDraining,
        Supplier<Set<String>> failedThreads,
        BooleanSupplier areFilesReachable,
        Supplier<Optional<OtherNodes>> otherNodes) {}
