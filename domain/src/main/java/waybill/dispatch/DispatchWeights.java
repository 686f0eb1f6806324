package waybill.dispatch;

/// What counts how much in a decision. All costs are in minutes of delay of an order.
///
/// @param emptyDriving a minute that a driver drives without an order
/// @param waiting a minute that a driver waits at a store
/// @param unassigned an order that stays without a driver: more than any trip should cost
/// @param ageing how much more it costs to leave an order unassigned for each minute after its ready time, and less for
///     each before: above 1, or a late order would be left for those that are not
/// @param rematching the gain from which a tentative pair is changed
/// @param bundling the cost of the trip of its own that an order without a driver is expected to get later: a bundle
///     that costs less is preferred
public record DispatchWeights(
        double emptyDriving, double waiting, double unassigned, double ageing, double rematching, double bundling) {

    /// The driving and waiting weights are those of plain costs in minutes, which come within 0.3 minutes of the
    /// published ones on public days of meal delivery.
    public static DispatchWeights defaults() {
        return new DispatchWeights(0.5, 0.05, 200, 2, 1, 25);
    }

    public DispatchWeights withDriving(double perMinute) {
        return new DispatchWeights(perMinute, waiting, unassigned, ageing, rematching, bundling);
    }

    public DispatchWeights withWaiting(double perMinute) {
        return new DispatchWeights(emptyDriving, perMinute, unassigned, ageing, rematching, bundling);
    }
}
