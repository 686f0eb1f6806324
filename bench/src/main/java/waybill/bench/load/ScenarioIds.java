package waybill.bench.load;

/// Who and what the orders of a scenario are about, by number: a server that knows its orders has them from here. All
/// sockets that watch an order are its customer's.
public final class ScenarioIds {

    private ScenarioIds() {}

    /// A UUIDv7 by its looks.
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
