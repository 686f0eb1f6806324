package waybill.bench.load;

/// The ids in the orders of a scenario, by number, for servers that store orders. All sockets that subscribe to an
/// order are its customer's.
public final class ScenarioIds {

    private ScenarioIds() {}

    /// An id in the form of a UUIDv7.
    public static String order(int number) {
        return "01900000-0000-7000-8000-%012d".formatted(number);
    }

    public static String driver(int order) {
        return "driver-" + order;
    }

    public static String customer(int order) {
        return "customer-" + order;
    }
}
