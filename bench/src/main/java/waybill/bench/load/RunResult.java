package waybill.bench.load;

/// What one run has shown. A figure that this system cannot tell, or that the scenario does not have, is NaN.
///
/// @param connected how many of the participants were let in
/// @param othersCores cores that were busy with neither server nor generator: more than a few hundredths spoil a run
/// @param lost connections that were refused or ended early
/// @param firstLoss what the first of them said
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
