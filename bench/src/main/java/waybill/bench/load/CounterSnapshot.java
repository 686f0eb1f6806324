package waybill.bench.load;

import org.HdrHistogram.Histogram;

/// All counters at one moment.
record CounterSnapshot(
        long atUs,
        ResourceUsage use,
        int connected,
        long sent,
        long delivered,
        long lost,
        String firstLoss,
        Histogram latencyUs) {

    static CounterSnapshot of(long atUs, ResourceUsage use, int connected, LoadCounters counters) {
        return new CounterSnapshot(
                atUs,
                use,
                connected,
                counters.sent,
                counters.delivered,
                counters.lost,
                counters.firstLoss,
                counters.latencyUs.copy());
    }

    double secondsSince(CounterSnapshot earlier) {
        return (atUs - earlier.atUs) / 1e6;
    }

    double serverCpuSince(CounterSnapshot earlier) {
        return use.serverCpuSeconds() - earlier.use.serverCpuSeconds();
    }
}
