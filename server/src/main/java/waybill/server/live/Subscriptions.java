package waybill.server.live;

/// What sockets may subscribe to: orders and their drivers, and all drivers of a part of the map.
public record Subscriptions(OrderSubscriptions orders, FleetViewers fleet) {}
