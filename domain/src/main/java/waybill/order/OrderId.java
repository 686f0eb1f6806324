package waybill.order;

import java.util.UUID;

/// The hub's own name for an order: a UUIDv7, so that ids sort by the time they were given.
public record OrderId(UUID value) {}
