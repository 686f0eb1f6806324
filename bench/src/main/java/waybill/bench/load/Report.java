package waybill.bench.load;

/// Computes the results of a run from its snapshots.
final class Report {

    private Report() {}

    static RunResult of(
            int participants,
            CounterSnapshot before,
            CounterSnapshot joined,
            CounterSnapshot start,
            CounterSnapshot stop,
            CounterSnapshot end) {
        var seconds = stop.secondsSince(start);
        var delivered = stop.delivered() - start.delivered();
        var serverCpu = stop.serverCpuSince(start);
        var ownCpu = stop.use().ownCpuSeconds() - start.use().ownCpuSeconds();
        var busy = stop.use().busySeconds() - start.use().busySeconds();
        return new RunResult(
                participants,
                joined.connected(),
                joined.connected() / joined.secondsSince(before),
                over(joined.serverCpuSince(before) * 1e3, joined.connected()),
                (stop.sent() - start.sent()) / seconds,
                delivered == 0 ? ResourceUsage.UNKNOWN : delivered / seconds,
                over(serverCpu * 1e6, delivered),
                latency(stop, 50),
                latency(stop, 99),
                latency(stop, 100),
                serverCpu / seconds,
                ownCpu / seconds,
                (busy - serverCpu - ownCpu) / seconds,
                over(end.use().serverRssKb() - before.use().serverRssKb(), joined.connected()),
                end.use().serverRssKb() / 1024,
                end.lost(),
                end.firstLoss());
    }

    private static double latency(CounterSnapshot mark, double percentile) {
        var histogram = mark.latencyUs();
        return histogram.getTotalCount() == 0
                ? ResourceUsage.UNKNOWN
                : (double) histogram.getValueAtPercentile(percentile);
    }

    private static double over(double amount, long parts) {
        return parts == 0 ? ResourceUsage.UNKNOWN : amount / parts;
    }
}
