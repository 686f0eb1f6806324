package waybill.bench.load;

/// The results of one run. A figure that the system does not provide, or that the scenario does not have, is NaN.
///
/// @param connected how many participants have joined
/// @param othersCores cores used by other processes: more than a few hundredths invalidate a run
/// @param lost connections that were rejected or ended early
/// @param firstLoss the reason of the first of them
public record RunResult(
        int participants,
        int connected,
        double connectsPerSecond,
        double cpuMsPerConnect,
        double sentPerSecond,
        double deliveredPerSecond,
        double cpuUsPerDelivered,
        double p50Us,
        double p99Us,
        double maxUs,
        double serverCores,
        double generatorCores,
        double othersCores,
        double rssKbPerConnection,
        double rssMb,
        long lost,
        String firstLoss) {}
