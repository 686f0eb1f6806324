package waybill.server.routing;

/// The key or token of a routing service, which is never logged.
public record RoutingKey(String value) {

    public RoutingKey {
        if (value.isBlank()) {
            throw new IllegalArgumentException("routing key: blank (expected: the key of the service)");
        }
    }

    @Override
    public String toString() {
        return "RoutingKey[…]";
    }
}
