package waybill.order;

/// Something that has happened, is on disk, and must be told. Past tense, immutable, and already true: an event is
/// never refused, only a command is.
///
/// Adding a kind of event breaks every `switch` that must know about it, which is the point.
public sealed interface Event permits OrderEvent, HubEvent {}
