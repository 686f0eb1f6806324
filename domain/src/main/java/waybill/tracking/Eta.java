package waybill.tracking;

import waybill.eta.ArrivalEstimate;
import waybill.eta.EtaSource;

/// The estimated time of arrival of an order, as its viewers see it.
///
/// @param remainingMs the remaining time
/// @param estimatedDeliveryTimeMs the time of arrival
/// @param lowMs four of five orders take more remaining time than this and less than `highMs`
public record Eta(long remainingMs, long estimatedDeliveryTimeMs, long lowMs, long highMs, EtaSource source) {

    private static final long MINUTE_MS = 60_000;

    /// An estimate with the time that remains at `nowMs`; an arrival that is overdue is now.
    public static Eta of(ArrivalEstimate estimate, long nowMs) {
        var arrivalMs = Math.max(nowMs, estimate.arrivalMs());
        return new Eta(
                arrivalMs - nowMs,
                arrivalMs,
                Math.max(0, estimate.lowMs() - nowMs),
                Math.max(arrivalMs, estimate.highMs()) - nowMs,
                estimate.source());
    }

    /// The time that the store or another system has set, which has no band.
    public static Eta ofStore(long estimatedDeliveryTimeMs, long nowMs) {
        var arrivalMs = Math.max(nowMs, estimatedDeliveryTimeMs);
        var remainingMs = arrivalMs - nowMs;
        return new Eta(remainingMs, arrivalMs, remainingMs, remainingMs, EtaSource.STORE);
    }

    /// The remaining time, in whole minutes.
    public int minutes() {
        return (int) Math.round((double) remainingMs / MINUTE_MS);
    }

    /// The shortest remaining time, in whole minutes.
    public int minMinutes() {
        return (int) (lowMs / MINUTE_MS);
    }

    /// The longest remaining time, in whole minutes.
    public int maxMinutes() {
        return (int) Math.ceilDiv(highMs, MINUTE_MS);
    }

    /// Whether this differs enough from `previous` to be published: by a minute of remaining time or of the time of
    /// arrival.
    public boolean hasChangedSince(Eta previous) {
        return Math.abs(remainingMs - previous.remainingMs) >= MINUTE_MS || hasMovedSince(previous);
    }

    /// Whether the time of arrival differs enough from `previous` to be published, or comes from another source.
    public boolean hasMovedSince(Eta previous) {
        return source != previous.source
                || Math.abs(estimatedDeliveryTimeMs - previous.estimatedDeliveryTimeMs) >= MINUTE_MS;
    }
}
