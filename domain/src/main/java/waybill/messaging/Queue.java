package waybill.messaging;

/// The letters about one store's parcels on one topic.
public record Queue(String store, Topic topic) {}
