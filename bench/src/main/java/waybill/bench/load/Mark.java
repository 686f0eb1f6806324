package waybill.bench.load;

import org.HdrHistogram.Histogram;

/// Everything that counts, at one moment.
record Mark(
        long atUs,
        Use use,
        int connected,
        long sent,
        long delivered,
        long lost,
        String firstLoss,
        Histogram latencyUs) {

    static Mark of(long atUs, Use use, int connected, Tally tally) {
        return new Mark(
                atUs, use, connected, tally.sent, tally.delivered, tally.lost, tally.firstLoss, tally.latencyUs.copy());
    }

    double secondsSince(Mark earlier) {
        return (atUs - earlier.atUs) / 1e6;
    }

    double serverCpuSince(Mark earlier) {
        return use.serverCpuSeconds() - earlier.use.serverCpuSeconds();
    }
}
