package waybill.dispatch;

/// What a trip costs, in minutes.
///
/// @param delay how much later its orders are delivered, in sum, than with a driver waiting at each store
/// @param empty the time that the driver drives to the stores
/// @param waiting the time that the driver waits at them
public record TripCost(double delay, double empty, double waiting) {

    public double total(DispatchWeights weights) {
        return delay + weights.emptyDriving() * empty + weights.waiting() * waiting;
    }
}
