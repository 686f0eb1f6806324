package waybill.cli.traffic;

/// What a driver does.
sealed interface Activity {

    /// It has no order, and drives to where one may come up.
    record Cruising(Drive drive) implements Activity {}

    record Resting(long untilMs) implements Activity {}

    /// To the next stop of an order.
    record Driving(Job job, Drive drive) implements Activity {}

    /// The order is not ready.
    record WaitingAtStore(Job job, long sinceMs) implements Activity {}

    /// At the store or at the customer.
    record HandingOver(Job job, long untilMs) implements Activity {}

    /// The hub has not confirmed the status yet.
    record Reporting(String order) implements Activity {}
}
