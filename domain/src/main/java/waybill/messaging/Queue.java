package waybill.messaging;

/// The queue of one store and topic.
public record Queue(String store, Topic topic) {}
